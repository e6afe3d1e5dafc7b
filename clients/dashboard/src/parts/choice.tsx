import type { ReactNode } from 'react';
import { words } from '../format.js';

interface ChoiceProps<T extends string> {
  name: string;
  values: readonly T[];
  value: T | undefined;
  /** What stands for none of them. */
  none?: string;
  label?: (value: T) => string;
  onChange: (value: T | undefined) => void;
}

/** One of several values, or none: for filters. */
export function Choice<T extends string>({ name, values, value, none = 'all', label = words, onChange }: ChoiceProps<T>): ReactNode {
  return (
    <label>
      {name}
      <select value={value ?? ''} onChange={(event) => onChange(values.find((known) => known === event.target.value))}>
        <option value="">{none}</option>
        {values.map((known) => (
          <option key={known} value={known}>
            {label(known)}
          </option>
        ))}
      </select>
    </label>
  );
}
