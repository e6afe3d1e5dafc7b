import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { AcceptInvitationDocument, InvitationPreviewDocument } from '../../generated/operations.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { replace, useRoute } from '../../route.js';
import { useSession, type Challenge } from '../../session.js';
import { ChallengeForm } from './challenge.js';
import { useEntry } from './entry.js';
import { NewPasswordFields, newPasswordOf } from './new-password.js';

/** Where a one-time link leads: one chooses a password, and is in. The token stands behind `#`, where no server sees it. */
export function InvitationView(): ReactNode {
  const { fragment: token } = useRoute();
  const [{ data, error }] = useQuery({ query: InvitationPreviewDocument, variables: { token } });
  const preview = data?.invitationPreview;
  const { enter } = useSession();
  const { isBusy, problem, run } = useEntry();
  const [challenge, setChallenge] = useState<Challenge>();
  const next = (wanted: Challenge | undefined): void => {
    setChallenge(wanted);
    if (!wanted) replace('/');
  };
  const accept = (fields: FormData): Promise<void> =>
    run(async () => {
      const input = { token, password: newPasswordOf(fields), displayName: textOf(fields, 'displayName') || null };
      next(await enter(async (vss) => (await vss.request(AcceptInvitationDocument, { input })).invitationAccept));
    });
  if (challenge) {
    return (
      <div className="sign-in card">
        <h1>VSS</h1>
        <ChallengeForm key={challenge.token} challenge={challenge} onNext={next} />
      </div>
    );
  }
  return (
    <div className="sign-in card">
      <h1>{preview?.purpose === 'JOIN' ? 'Welcome to VSS' : 'VSS'}</h1>
      <Refusals error={error} />
      {data && !preview && <p role="alert" className="problem">This link opens nothing: it was used, taken back, or its time is over. Ask for another one.</p>}
      {preview && (
        <Form action="Set password and sign in" isBusy={isBusy} error={problem} onSend={accept}>
          <p className="hint">
            Choose a password for <strong>{preview.username}</strong>, the name that you sign in with.
          </p>
          {preview.purpose === 'JOIN' && (
            <label>
              Your name
              <input name="displayName" maxLength={200} autoComplete="name" defaultValue={preview.displayName} />
            </label>
          )}
          <input name="username" value={preview.username} autoComplete="username" readOnly hidden />
          <NewPasswordFields />
        </Form>
      )}
    </div>
  );
}
