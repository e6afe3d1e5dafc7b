import type { ReactNode } from 'react';
import { instantOf, words } from '../../format.js';
import { Facts } from '../../parts/facts.js';
import { linkTo, pathOf } from '../../route.js';
import type { ShownEntry } from './audit.js';

/** One entry closely: what changed, before and after. */
export function AuditEntry({ entry, onClose }: { entry: ShownEntry; onClose: () => void }): ReactNode {
  return (
    <aside className="card panel" aria-label="Audit entry">
      <header className="row">
        <h2>{words(entry.action)}</h2>
        <button type="button" className="link" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      <Facts
        facts={{
          Number: entry.seq,
          At: instantOf(entry.at),
          Operation: entry.operation && <code>{entry.operation}</code>,
          Right: entry.permission && <code>{entry.permission}</code>,
          Outcome: words(entry.outcome),
          Who: entry.actor && <a {...linkTo(pathOf('users', entry.actor.id))}>{entry.actor.displayName}</a>,
          'To what': entry.target && <code>{entry.target}</code>,
          From: entry.sourceAddress && <code>{entry.sourceAddress}</code>,
          Override: entry.override ? 'yes: a right that only “everything” holds' : undefined,
          Trace: <a {...linkTo(pathOf('events', entry.traceId))}><code>{entry.traceId}</code></a>,
        }}
      />
      {entry.changes.map((change) => (
        <ChangedRow key={change.id} change={change} />
      ))}
      {!isEmpty(entry.detail) && <pre>{JSON.stringify(entry.detail, null, 2)}</pre>}
    </aside>
  );
}

type Change = ShownEntry['changes'][number];

function ChangedRow({ change: { type, id, did, fields } }: { change: Change }): ReactNode {
  return (
    <section aria-label={`${type} ${id}`}>
      <h3>
        {type} {words(did)} <code>{id}</code>
      </h3>
      <table data-testid="changes">
        <thead>
          <tr>
            <th>Field</th>
            <th>Before</th>
            <th>After</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, before, after }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{shown(before)}</td>
              <td>{shown(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const shown = (value: unknown): string => (value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value));

const isEmpty = (detail: unknown): boolean => typeof detail !== 'object' || detail === null || Object.keys(detail).length === 0;
