import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { ConfirmSecondFactorDocument, SetUpSecondFactorDocument } from '../../generated/operations.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { QrCode } from '../../parts/qr.js';
import { Secret } from '../../parts/secret.js';
import { CodeField, codeOf } from './code-field.js';

/** First the password, then the secret goes into the app, then the app shows that it has it. */
export function SetUpSecondFactor({ onConfirmed }: { onConfirmed: (recoveryCodes: readonly string[]) => void }): ReactNode {
  const [{ data, error, fetching }, begin] = useMutation(SetUpSecondFactorDocument);
  const { uri, secret, userErrors } = data?.secondFactorSetup ?? {};
  if (uri && secret) return <Confirm uri={uri} secret={secret} onConfirmed={onConfirmed} />;
  return (
    <Form action="Go on" isBusy={fetching} refusals={userErrors} error={error} onSend={(fields) => begin({ input: { password: textOf(fields, 'password') || null } })}>
      <label>
        Your password, once more
        <input name="password" type="password" autoComplete="current-password" autoFocus />
      </label>
      <p className="hint">Leave it empty if you sign in by another service and have none here.</p>
    </Form>
  );
}

function Confirm({ uri, secret, onConfirmed }: { uri: string; secret: string; onConfirmed: (recoveryCodes: readonly string[]) => void }): ReactNode {
  const [{ data, error, fetching }, confirm] = useMutation(ConfirmSecondFactorDocument);
  const send = async (fields: FormData): Promise<void> => {
    const codes = (await confirm({ input: { code: codeOf(fields) } })).data?.secondFactorConfirm.recoveryCodes;
    if (codes) onConfirmed(codes);
  };
  return (
    <Form action="Confirm" isBusy={fetching} refusals={data?.secondFactorConfirm.userErrors} error={error} onSend={send}>
      <p className="hint">Take this into your authenticator app, then type the code that it shows.</p>
      <QrCode text={uri} label="Second factor, for the authenticator app" />
      <Secret label="Or type this secret" value={secret} />
      <CodeField label="Code" />
    </Form>
  );
}
