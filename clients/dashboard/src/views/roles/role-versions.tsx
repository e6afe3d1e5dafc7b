import { useState, type ReactNode } from 'react';
import { dateOf } from '../../format.js';
import { draftOf, inputOf, lineInWords, type GrantDraft } from './grants.js';
import { RoleDiff } from './role-diff.js';
import type { DetailedRole } from './role-page.js';

/** What the role was before, who made it so, and the way back. */
export function RoleVersions({ role, onTake }: { role: DetailedRole; onTake: ((grants: readonly GrantDraft[]) => void) | undefined }): ReactNode {
  const [shown, setShown] = useState<number>();
  const versions = role.versions?.nodes ?? [];
  const version = versions.find((each) => each.version === shown);
  return (
    <section className="stack" aria-label="Versions">
      <h2>Versions</h2>
      <ul className="notes">
        {versions.map((each) => (
          <li key={each.version} data-testid="role-version">
            <button type="button" className="link" aria-pressed={each.version === shown} onClick={() => setShown(each.version === shown ? undefined : each.version)}>
              Version {each.version}
            </button>{' '}
            <small>
              {dateOf(each.at)} · {each.actor?.displayName ?? 'the platform'}
            </small>
          </li>
        ))}
      </ul>
      {version && (
        <div className="card stack">
          <ul className="notes">
            {version.grants.map((grant) => (
              <li key={lineInWords(grant)}>{lineInWords(grant)}</li>
            ))}
          </ul>
          <h3>Going back to it would change</h3>
          <RoleDiff key={version.version} roleId={role.id} grants={version.grants.map((grant) => inputOf(draftOf(grant)))} />
          {onTake && (
            <button type="button" onClick={() => onTake(version.grants.map(draftOf))}>
              Take these lines into the editor
            </button>
          )}
        </div>
      )}
    </section>
  );
}
