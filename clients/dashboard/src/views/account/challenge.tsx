import { useState, type ReactNode } from 'react';
import { ContinueSignInDocument, type LoginContinueInput } from '../../generated/operations.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { useSession, type Challenge } from '../../session.js';
import { CodeField, codeOf } from './code-field.js';
import { useEntry } from './entry.js';
import { NewPasswordFields, newPasswordOf } from './new-password.js';

interface ChallengeProps {
  challenge: Challenge;
  /** The next challenge, or none when one is in. */
  onNext: (challenge: Challenge | undefined) => void;
}

/** What the platform asks for after the password. */
export function ChallengeForm({ challenge, onNext }: ChallengeProps): ReactNode {
  const { enter } = useSession();
  const { isBusy, problem, run } = useEntry();
  const [withRecoveryCode, setWithRecoveryCode] = useState(false);
  const send = (answer: Omit<LoginContinueInput, 'challenge'>): Promise<void> =>
    run(async () => onNext(await enter(async (vss, device) => (await vss.request(ContinueSignInDocument, { input: { challenge: challenge.token, ...answer, ...device } })).loginContinue)));
  if (challenge.kind === 'PASSWORD_CHANGE') {
    return (
      <Form action="Set password and sign in" isBusy={isBusy} error={problem} onSend={(fields) => run(async () => send({ newPassword: newPasswordOf(fields) }))}>
        <p className="hint">Choose a password of your own before you go on.</p>
        <NewPasswordFields />
      </Form>
    );
  }
  return (
    <>
      <Form action="Sign in" isBusy={isBusy} error={problem} onSend={(fields) => send(withRecoveryCode ? { recoveryCode: textOf(fields, 'recoveryCode').trim() } : { code: codeOf(fields) })}>
        {withRecoveryCode ? (
          <label key="recovery">
            Recovery code
            <input name="recoveryCode" autoComplete="off" required autoFocus spellCheck={false} />
          </label>
        ) : (
          <CodeField key="app" />
        )}
      </Form>
      <button type="button" className="link" onClick={() => setWithRecoveryCode(!withRecoveryCode)}>
        {withRecoveryCode ? 'Use the authenticator app' : 'Use a recovery code'}
      </button>
    </>
  );
}
