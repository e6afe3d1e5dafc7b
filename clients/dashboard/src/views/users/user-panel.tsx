import type { ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { ResetPasswordDocument, ResetSecondFactorDocument, UserDetailDocument, type UserDetailQuery } from '../../generated/operations.js';
import { dateOf, instantOf, words } from '../../format.js';
import { Facts } from '../../parts/facts.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { Secret } from '../../parts/secret.js';
import { State } from '../../parts/state.js';
import { linkTo, pathOf } from '../../route.js';
import { useSession } from '../../session.js';
import { SessionsOf } from '../sessions/sessions-of.js';
import { EditUserForm } from './edit-user.js';
import { Erasure } from './erasure.js';
import { linkWith } from './new-user.js';
import { UserStateButton } from './user-state.js';

export type DetailedUser = UserDetailQuery['user'];

/** One user closely, and what an administrator may do for him. */
export function UserPanel({ id, onChanged }: { id: string; onChanged: () => void }): ReactNode {
  const { may, user: self } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: UserDetailDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const user = useKept(data)?.user;
  const refresh = (): void => {
    readAgain({ requestPolicy: 'network-only' });
    onChanged();
  };
  return (
    <aside className="card panel" aria-label="User">
      <Refusals error={error} />
      {user && (
        <>
          <h2>{user.displayName}</h2>
          <State value={user.state ?? ''} />
          <UserFacts user={user} />
          {may('users:update') && <Actions user={user} isSelf={user.id === self?.id} onChanged={refresh} />}
          <a {...linkTo(pathOf('explain', user.id))}>Explain what {user.username} may do</a>
          {may('audit:read') && <a {...linkTo(pathOf('audit', user.id))}>What {user.username} did</a>}
          {may('sessions:read') && <SessionsOf userId={user.id} />}
          {may('users:delete') && user.state === 'DEACTIVATED' && <Erasure user={user} onErased={refresh} />}
        </>
      )}
    </aside>
  );
}

function UserFacts({ user }: { user: DetailedUser }): ReactNode {
  return (
    <Facts
      facts={{
        'User name': user.username,
        Kind: words(user.kind),
        Role: user.role && <a {...linkTo(pathOf('roles', user.role.id))}>{user.role.name}</a>,
        Teams: user.teams?.map(({ name }) => name).join(', '),
        'E-mail': user.email,
        Phone: user.phone,
        Title: user.title,
        Language: user.locale,
        'Time zone': user.timeZone,
        'Second factor': user.hasSecondFactor ? 'set up' : 'none',
        Password: user.mustChangePassword ? 'to be changed at the next sign-in' : undefined,
        'Last sign-in': instantOf(user.lastLoginAt),
        Made: dateOf(user.createdAt),
      }}
    />
  );
}

function Actions({ user, isSelf, onChanged }: { user: DetailedUser; isSelf: boolean; onChanged: () => void }): ReactNode {
  return (
    <div className="actions">
      <DialogButton label="Edit" title={`Edit ${user.username}`}>
        {(close) => <EditUserForm user={user} onDone={() => (close(), onChanged())} />}
      </DialogButton>
      {!isSelf && <UserStateButton user={user} onChanged={onChanged} />}
      {user.kind === 'PERSON' && (
        <DialogButton label={user.state === 'INVITED' ? 'Invite again' : 'Reset password'} title={`A link for ${user.username}`}>
          {() => <PasswordLink id={user.id} />}
        </DialogButton>
      )}
      {user.hasSecondFactor && (
        <DialogButton label="Reset second factor" title={`Take the second factor from ${user.username}`} isDanger>
          {(close) => <SecondFactorReset id={user.id} onDone={() => (close(), onChanged())} />}
        </DialogButton>
      )}
    </div>
  );
}

function PasswordLink({ id }: { id: string }): ReactNode {
  const [{ data, error, fetching }, reset] = useMutation(ResetPasswordDocument);
  const { token, invitation, userErrors } = data?.userPasswordReset ?? {};
  if (token) {
    return (
      <div className="stack">
        <p className="hint">Hand this link over. It is shown only now, works once, and until {dateOf(invitation?.expiresAt)}.</p>
        <Secret label="Link to choose a password" value={linkWith('invitation', token)} />
      </div>
    );
  }
  return (
    <Form action="Make the link" isBusy={fetching} refusals={userErrors} error={error} onSend={() => reset({ input: { id } })}>
      <p className="hint">Makes a link with which a new password is chosen. The platform sends no mail: hand it over yourself.</p>
    </Form>
  );
}

function SecondFactorReset({ id, onDone }: { id: string; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, reset] = useMutation(ResetSecondFactorDocument);
  const send = async (fields: FormData): Promise<void> => {
    if ((await reset({ input: { id, reason: textOf(fields, 'reason') } })).data?.userSecondFactorReset.user) onDone();
  };
  return (
    <Form action="Take it away" isDanger isBusy={fetching} refusals={data?.userSecondFactorReset.userErrors} error={error} onSend={send}>
      <p className="hint">For a lost device. Until another one is set up, the password alone will do: make sure who asks for it.</p>
      <label>
        Reason
        <input name="reason" required minLength={3} maxLength={500} autoComplete="off" autoFocus />
      </label>
    </Form>
  );
}
