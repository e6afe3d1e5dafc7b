import type { ReactNode } from 'react';
import type { Catalogue, GrantDraft } from './grants.js';

type Conditions = NonNullable<GrantDraft['conditions']>;

interface ConditionProps {
  grant: GrantDraft;
  catalogue: Catalogue;
  onChange: (conditions: Conditions) => void;
}

const listOf = (text: string): string[] | null => {
  const values = text.split(/[\s,]+/).filter(Boolean);
  return values.length > 0 ? values : null;
};
const numberOf = (text: string): number | null => (text === '' ? null : Number(text));

/** The conditions that can be enforced for what the line grants; no others are offered. */
export function ConditionFields({ grant, catalogue, onChange }: ConditionProps): ReactNode {
  const { resource, actions, conditions } = grant;
  const enforced = new Set(catalogue.filter((entry) => entry.resource === resource && actions.includes(entry.action)).flatMap((entry) => entry.conditions));
  if (enforced.size === 0) return null;
  const set = (to: Partial<Conditions>): void => onChange({ ...conditions, ...to });
  return (
    <div className="fields">
      {enforced.has('fields') && <WordList label="Only these fields" value={conditions?.fields} onChange={(fields) => set({ fields })} />}
      {enforced.has('protocols') && <WordList label="Only these protocols" value={conditions?.protocols} onChange={(protocols) => set({ protocols })} />}
      {enforced.has('maxConcurrent') && <Count label="At most at once" value={conditions?.maxConcurrent} onChange={(maxConcurrent) => set({ maxConcurrent })} />}
      {enforced.has('maxDurationSec') && <Count label="Longest, in seconds" value={conditions?.maxDurationSec} onChange={(maxDurationSec) => set({ maxDurationSec })} />}
    </div>
  );
}

function WordList({ label, value, onChange }: { label: string; value: readonly string[] | null | undefined; onChange: (value: string[] | null) => void }): ReactNode {
  return (
    <label>
      {label}
      <input defaultValue={value?.join(', ')} placeholder="all" autoComplete="off" onBlur={(event) => onChange(listOf(event.target.value))} />
    </label>
  );
}

function Count({ label, value, onChange }: { label: string; value: number | null | undefined; onChange: (value: number | null) => void }): ReactNode {
  return (
    <label>
      {label}
      <input type="number" min={1} value={value ?? ''} placeholder="any" onChange={(event) => onChange(numberOf(event.target.value))} />
    </label>
  );
}
