import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { ExplainPermissionDocument, type ExplainPermissionQueryVariables, type ResourceType } from '../../generated/operations.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { UserPick } from '../../parts/user-pick.js';
import { words } from '../../format.js';
import { go, pathOf, useRoute } from '../../route.js';
import { useSession } from '../../session.js';
import { PermissionField } from '../roles/permission-field.js';
import { Explanation } from './explanation.js';

const TYPES: readonly ResourceType[] = ['USER', 'ROLE', 'CALL', 'LEAD', 'NOTE', 'SLOT', 'TRUNK'];

/** Why somebody may or may not. `/explain#…`: one refusal by its id, `/explain/usr_…`: begins with that user. */
export function ExplainView(): ReactNode {
  const { fragment: explainId, item: userId } = useRoute();
  return explainId ? <Refused explainId={explainId} /> : <Ask key={userId} userId={userId} />;
}

function Refused({ explainId }: { explainId: string }): ReactNode {
  return (
    <section className="stack">
      <h1>Why was it refused?</h1>
      <Answer variables={{ explainId }} />
      <div className="actions">
        <button type="button" onClick={() => go(pathOf('explain'))}>
          Ask about another right
        </button>
      </div>
    </section>
  );
}

function Ask({ userId }: { userId: string | undefined }): ReactNode {
  const { may } = useSession();
  const [pickedId, setPickedId] = useState<string>();
  const [asked, setAsked] = useState<ExplainPermissionQueryVariables>();
  const mayAskForOthers = may('permissions:explain');
  const ask = (fields: FormData): void => {
    const type = TYPES.find((known) => known === textOf(fields, 'type'));
    const id = textOf(fields, 'id').trim();
    setAsked({ permission: textOf(fields, 'permission').trim(), asUserId: pickedId ?? userId ?? null, resource: type && id ? { type, id } : null });
  };
  return (
    <section className="stack">
      <h1>May somebody do something, and why?</h1>
      <Form action="Explain" className="card fields" onSend={ask}>
          {mayAskForOthers && (userId ? <p className="hint">About <code>{userId}</code></p> : <UserPick label="User (yourself when empty)" onPick={setPickedId} />)}
          <PermissionField />
          <label>
            On what
            <select name="type">
              <option value="">anything</option>
              {TYPES.map((known) => (
                <option key={known} value={known}>
                  {words(known)}
                </option>
              ))}
            </select>
          </label>
          <label>
            Its id
            <input name="id" placeholder="call_…" autoComplete="off" />
          </label>
      </Form>
      {asked && <Answer key={JSON.stringify(asked)} variables={asked} />}
    </section>
  );
}

function Answer({ variables }: { variables: ExplainPermissionQueryVariables }): ReactNode {
  const [{ data, error }] = useQuery({ query: ExplainPermissionDocument, variables, requestPolicy: 'network-only' });
  return (
    <>
      <Refusals error={error} />
      {data && <Explanation explanation={data.permissionExplain} />}
    </>
  );
}
