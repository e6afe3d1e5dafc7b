import type { ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { ChangeMyPasswordDocument, ChangeMyProfileDocument, MyProfileDocument, MySessionsDocument, RevokeSessionsDocument, type MyProfileQuery } from '../../generated/operations.js';
import { Facts } from '../../parts/facts.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useEvery, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { Suggest } from '../../parts/suggest.js';
import { linkTo, pathOf } from '../../route.js';
import { useSession } from '../../session.js';
import { SessionTable } from '../sessions/session-table.js';
import { NewPasswordFields, newPasswordOf } from './new-password.js';
import { ExternalIdentities } from './external-identities.js';
import { SecondFactor } from './second-factor.js';
import { useEntry } from './entry.js';

const REFRESH_EVERY_MS = 10_000;
const TIME_ZONES = Intl.supportedValuesOf('timeZone').map((value) => ({ value }));

type Me = MyProfileQuery['me'];

/** What everybody may see and change of himself. */
export function ProfileView(): ReactNode {
  const { may } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: MyProfileDocument, requestPolicy: 'cache-and-network' });
  const me = useKept(data)?.me;
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  return (
    <div className="stack">
      <Refusals error={error} />
      {me && (
        <div className="columns">
          <section className="card stack" aria-label="My profile">
            <h2>{me.displayName}</h2>
            <MyFacts me={me} />
            <div className="actions">
              <DialogButton label="Edit my profile">{(close) => <ProfileForm me={me} onDone={() => (close(), refresh())} />}</DialogButton>
              <a {...linkTo(pathOf('explain'))}>What may I do?</a>
              {may('temporary-grants:request') && <a {...linkTo(pathOf('temporary'))}>Ask for a right for a while</a>}
            </div>
          </section>
          <section className="card stack" aria-label="Password">
            <h2>Password</h2>
            <p className="hint">Another one ends your sessions elsewhere.</p>
            <div className="actions">
              <DialogButton label="Change password">{(close) => <PasswordForm onDone={close} />}</DialogButton>
            </div>
          </section>
          <SecondFactor />
          <ExternalIdentities />
        </div>
      )}
      <MySessions />
    </div>
  );
}

function MyFacts({ me }: { me: Me }): ReactNode {
  return (
    <Facts
      facts={{
        'User name': me.username,
        Role: me.role?.name,
        Teams: me.teams?.map(({ name }) => name).join(', '),
        'E-mail': me.email,
        Phone: me.phone,
        Title: me.title,
        Language: me.locale,
        'Time zone': me.timeZone,
      }}
    />
  );
}

function ProfileForm({ me, onDone }: { me: Me; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, change] = useMutation(ChangeMyProfileDocument);
  const save = async (fields: FormData): Promise<void> => {
    const textOrNone = (name: string): string | null => textOf(fields, name).trim() || null;
    const input = { expectedVersion: me.version ?? 0, displayName: textOf(fields, 'displayName'), phone: textOrNone('phone'), title: textOrNone('title'), locale: textOrNone('locale'), timeZone: textOrNone('timeZone') };
    if ((await change({ input })).data?.meUpdate.user) onDone();
  };
  return (
    <Form action="Save" isBusy={fetching} refusals={data?.meUpdate.userErrors} error={error} onSend={save}>
      <label>
        Name
        <input name="displayName" defaultValue={me.displayName} required maxLength={200} autoComplete="name" />
      </label>
      <label>
        Phone
        <input name="phone" type="tel" defaultValue={me.phone ?? ''} placeholder="+12125550100" autoComplete="tel" />
      </label>
      <label>
        Title
        <input name="title" defaultValue={me.title ?? ''} maxLength={100} autoComplete="organization-title" />
      </label>
      <label>
        Language
        <input name="locale" defaultValue={me.locale ?? ''} placeholder="en-GB" autoComplete="language" />
      </label>
      <Suggest label="Time zone" name="timeZone" defaultValue={me.timeZone ?? ''} placeholder="Europe/Berlin" options={TIME_ZONES} />
    </Form>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, change] = useMutation(ChangeMyPasswordDocument);
  const { problem, run } = useEntry();
  const send = (fields: FormData): Promise<void> =>
    run(async () => {
      const changed = await change({ input: { currentPassword: textOf(fields, 'currentPassword') || null, newPassword: newPasswordOf(fields) } });
      if (changed.data?.passwordChange.user) onDone();
    });
  return (
    <Form action="Change password" isBusy={fetching} refusals={data?.passwordChange.userErrors} error={error ?? problem} onSend={send}>
      <label>
        Present password
        <input name="currentPassword" type="password" autoComplete="current-password" placeholder="none yet" autoFocus />
      </label>
      <NewPasswordFields />
    </Form>
  );
}

function MySessions(): ReactNode {
  const [{ data, error }, readAgain] = useQuery({ query: MySessionsDocument, requestPolicy: 'cache-and-network' });
  const [others, revokeOthers] = useMutation(RevokeSessionsDocument);
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const sessions = useKept(data)?.mySessions.nodes;
  return (
    <section className="card stack" aria-label="My sessions">
      <h2>Where I am signed in</h2>
      <Refusals refusals={others.data?.sessionsRevokeAll.userErrors} error={error ?? others.error} />
      <SessionTable rows={sessions} mayEnd onChanged={refresh} />
      <div className="actions">
        <button type="button" disabled={others.fetching} onClick={() => void revokeOthers({ input: { exceptCurrent: true } }).then(refresh)}>
          Sign out everywhere else
        </button>
      </div>
    </section>
  );
}
