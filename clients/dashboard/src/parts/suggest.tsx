import { useId, type ComponentProps, type ReactNode } from 'react';

interface Suggestion {
  value: string;
  /** What it means, shown beside it. */
  label?: string;
}

/** A field for text, with what could be meant. The list stands beside the label: its words are no part of the name. */
export function Suggest({ label, options, ...input }: { label: string; options: readonly Suggestion[] } & Omit<ComponentProps<'input'>, 'list'>): ReactNode {
  const list = useId();
  return (
    <>
      <label>
        {label}
        <input {...input} list={list} autoComplete="off" />
      </label>
      <datalist id={list}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </datalist>
    </>
  );
}
