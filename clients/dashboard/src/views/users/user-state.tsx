import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { DeactivateUserDocument, ReactivateUserDocument } from '../../generated/operations.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import type { DetailedUser } from './user-panel.js';

/** Takes a user out, or back in. He is never deleted: calls and notes name him. */
export function UserStateButton({ user, onChanged }: { user: DetailedUser; onChanged: () => void }): ReactNode {
  const isActive = user.state === 'ACTIVE';
  const action = isActive ? 'Deactivate' : 'Reactivate';
  return (
    <DialogButton label={action} title={`${action} ${user.username}`} isDanger={isActive}>
      {(close) => <StateForm user={user} action={action} onDone={() => (close(), onChanged())} />}
    </DialogButton>
  );
}

function StateForm({ user, action, onDone }: { user: DetailedUser; action: 'Deactivate' | 'Reactivate'; onDone: () => void }): ReactNode {
  const [out, deactivate] = useMutation(DeactivateUserDocument);
  const [back, reactivate] = useMutation(ReactivateUserDocument);
  const send = async (fields: FormData): Promise<void> => {
    const variables = { input: { id: user.id, expectedVersion: user.version ?? 0, reason: textOf(fields, 'reason') } };
    const changed = action === 'Deactivate' ? (await deactivate(variables)).data?.userDeactivate.user : (await reactivate(variables)).data?.userReactivate.user;
    if (changed) onDone();
  };
  return (
    <Form
      action={action}
      isDanger={action === 'Deactivate'}
      isBusy={out.fetching || back.fetching}
      refusals={out.data?.userDeactivate.userErrors ?? back.data?.userReactivate.userErrors}
      error={out.error ?? back.error}
      onSend={send}
    >
      <p className="hint">{action === 'Deactivate' ? 'Ends all sessions at once. Calls and notes still name this user.' : 'May sign in again, with the role and the teams as they stand.'}</p>
      <label>
        Reason
        <input name="reason" required maxLength={500} autoComplete="off" autoFocus />
      </label>
    </Form>
  );
}
