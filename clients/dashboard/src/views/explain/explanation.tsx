import type { ReactNode } from 'react';
import type { ExplainPermissionQuery } from '../../generated/operations.js';
import { instantOf, words } from '../../format.js';
import { Facts } from '../../parts/facts.js';
import { lineInWords } from '../roles/grants.js';

type Told = ExplainPermissionQuery['permissionExplain'];

/** A verdict and what it rests on. */
export function Explanation({ explanation }: { explanation: Told }): ReactNode {
  const { verdict, text, permission, permissionVersion, user, role, at, grant, deniedBy, missing, condition, isOverride, wouldBeAllowedNow, coordinate, temporaryGrant } = explanation;
  return (
    <section className="card stack narrow" aria-label="Explanation" data-testid="explanation" data-verdict={verdict}>
      <h2 className={`state ${verdict === 'ALLOWED' ? 'good' : 'bad'}`}>{words(verdict)}</h2>
      <p>{text}</p>
      <Facts
        facts={{
          Right: <code>{permission}</code>,
          User: user?.displayName,
          Role: role,
          'Version of the role': permissionVersion,
          'Decided by': grant && lineInWords(grant),
          'For a while': temporaryGrant && `until ${instantOf(temporaryGrant.endsAt)}: ${temporaryGrant.reason}`,
          'Denied by': deniedBy && lineInWords(deniedBy),
          At: instantOf(at),
          Missing: missing && <code>{missing}</code>,
          Condition: condition,
          'Asked at': coordinate && <code>{coordinate}</code>,
          Override: isOverride ? 'yes: held by “everything” alone' : undefined,
          'Asked again now': verdict === 'DENIED' && wouldBeAllowedNow ? 'it would be allowed' : undefined,
        }}
      />
      <ScopeTest test={explanation.scopeTest} />
      <Grantors grantors={explanation.grantableBy} />
    </section>
  );
}

function ScopeTest({ test }: { test: Told['scopeTest'] }): ReactNode {
  return (
    <div>
      <h3>How far it reaches</h3>
      <Facts
        facts={{
          Held: words(test.held),
          Needed: words(test.needed),
          Reaches: test.passed ? 'yes' : 'no',
        }}
      />
      <p className="hint">{test.why}</p>
    </div>
  );
}

function Grantors({ grantors }: { grantors: Told['grantableBy'] }): ReactNode {
  if (grantors.length === 0) return null;
  return (
    <div>
      <h3>Who could grant it</h3>
      <ul className="notes">
        {grantors.map(({ role, users }) => (
          <li key={role?.id ?? ''}>
            {role?.name}
            {users.length > 0 && `: ${users.map(({ displayName }) => displayName).join(', ')}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
