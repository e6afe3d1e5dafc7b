import { useState, type ReactNode } from 'react';
import { SignInDocument } from '../../generated/operations.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { useSession, type Challenge } from '../../session.js';
import { ChallengeForm } from './challenge.js';
import { useEntry } from './entry.js';
import { OidcButtons } from './oidc.js';

export function SignInView(): ReactNode {
  const { enter } = useSession();
  const [challenge, setChallenge] = useState<Challenge>();
  const { isBusy, problem, run } = useEntry();
  const signIn = (fields: FormData): Promise<void> =>
    run(async () => setChallenge(await enter(async (vss, device) => (await vss.request(SignInDocument, { input: { username: textOf(fields, 'username'), password: textOf(fields, 'password'), ...device } })).login)));
  if (challenge) {
    return (
      <div className="sign-in card">
        <h1>VSS</h1>
        <ChallengeForm key={challenge.token} challenge={challenge} onNext={setChallenge} />
        <button type="button" className="link" onClick={() => setChallenge(undefined)}>
          Begin again
        </button>
      </div>
    );
  }
  return (
    <div className="sign-in card">
      <h1>VSS</h1>
      <Form action="Sign in" isBusy={isBusy} error={problem} onSend={signIn}>
        <label>
          User
          <input name="username" autoComplete="username" required autoFocus />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
      </Form>
      <OidcButtons />
    </div>
  );
}
