import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { ApproveTemporaryGrantDocument, RefuseTemporaryGrantDocument, RevokeTemporaryGrantDocument, type TemporaryGrantRowFragment } from '../../generated/operations.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { useSession } from '../../session.js';

interface DecisionProps {
  grant: TemporaryGrantRowFragment;
  onChanged: () => void;
}

/** What can be decided about a request now: given and refused by somebody other than who asks, taken back also by him. */
export function Decisions({ grant, onChanged }: DecisionProps): ReactNode {
  const { may, user } = useSession();
  const { state, permission, minutes } = grant;
  const isOwn = [grant.user?.id, grant.requestedBy?.id].includes(user?.id);
  const mayDecide = may('temporary-grants:approve') && !isOwn;
  if (state !== 'REQUESTED' && state !== 'APPROVED') return null;
  return (
    <div className="actions">
      {state === 'REQUESTED' && mayDecide && (
        <>
          <DialogButton label="Approve" isPrimary title={`${permission} for ${minutes} minutes`}>
            {(close) => <Approve grant={grant} onChanged={() => (close(), onChanged())} />}
          </DialogButton>
          <DialogButton label="Refuse" title={`Refuse ${permission}`}>
            {(close) => <Refuse grant={grant} onChanged={() => (close(), onChanged())} />}
          </DialogButton>
        </>
      )}
      {(isOwn || (mayDecide && state === 'APPROVED')) && (
        <DialogButton label="Take back" isDanger title={`Take ${permission} back`}>
          {(close) => <Revoke grant={grant} onChanged={() => (close(), onChanged())} />}
        </DialogButton>
      )}
    </div>
  );
}

function Approve({ grant, onChanged }: DecisionProps): ReactNode {
  const [{ data, error, fetching }, approve] = useMutation(ApproveTemporaryGrantDocument);
  const send = async (fields: FormData): Promise<void> => {
    if ((await approve({ input: decisionOf(grant, fields) })).data?.temporaryGrantApprove.temporaryGrant) onChanged();
  };
  return (
    <Form action="Approve" isBusy={fetching} refusals={data?.temporaryGrantApprove.userErrors} error={error} onSend={send}>
      <p className="hint">{grant.reason}</p>
      <ReasonField isRequired={false} />
    </Form>
  );
}

function Refuse({ grant, onChanged }: DecisionProps): ReactNode {
  const [{ data, error, fetching }, refuse] = useMutation(RefuseTemporaryGrantDocument);
  const send = async (fields: FormData): Promise<void> => {
    if ((await refuse({ input: decisionOf(grant, fields) })).data?.temporaryGrantRefuse.temporaryGrant) onChanged();
  };
  return (
    <Form action="Refuse" isBusy={fetching} refusals={data?.temporaryGrantRefuse.userErrors} error={error} onSend={send}>
      <p className="hint">{grant.reason}</p>
      <ReasonField isRequired />
    </Form>
  );
}

function Revoke({ grant, onChanged }: DecisionProps): ReactNode {
  const [{ data, error, fetching }, revoke] = useMutation(RevokeTemporaryGrantDocument);
  const send = async (fields: FormData): Promise<void> => {
    if ((await revoke({ input: decisionOf(grant, fields) })).data?.temporaryGrantRevoke.temporaryGrant) onChanged();
  };
  return (
    <Form action="Take back" isDanger isBusy={fetching} refusals={data?.temporaryGrantRevoke.userErrors} error={error} onSend={send}>
      <ReasonField isRequired />
    </Form>
  );
}

const decisionOf = ({ id }: TemporaryGrantRowFragment, fields: FormData): { id: string; reason: string | null } => ({ id, reason: textOf(fields, 'reason') || null });

function ReasonField({ isRequired }: { isRequired: boolean }): ReactNode {
  return (
    <label>
      Reason
      <input name="reason" required={isRequired} maxLength={500} autoComplete="off" autoFocus />
    </label>
  );
}
