import { useState, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { DisableSecondFactorDocument, MySecondFactorDocument, RenewRecoveryCodesDocument } from '../../generated/operations.js';
import { dateOf } from '../../format.js';
import { Dialog } from '../../parts/dialog.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { CodeField, codeOf } from './code-field.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SetUpSecondFactor } from './second-factor-setup.js';

/** What makes new recovery codes, and where they are then shown. */
type Step = 'setup' | 'renew';

const TITLES: Record<Step, string> = { setup: 'Set up a second factor', renew: 'New recovery codes' };

/** A code of an authenticator app beside the password. */
export function SecondFactor(): ReactNode {
  const [{ data, error }, readAgain] = useQuery({ query: MySecondFactorDocument, requestPolicy: 'cache-and-network' });
  const [step, setStep] = useState<Step>();
  const [codes, setCodes] = useState<readonly string[]>();
  const secondFactor = useKept(data)?.secondFactor;
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  const close = (): void => {
    setStep(undefined);
    setCodes(undefined);
  };
  const show = (made: readonly string[]): void => {
    setCodes(made);
    refresh();
  };
  return (
    <section className="card stack" aria-label="Second factor">
      <h2>Second factor</h2>
      <Refusals error={error} />
      {secondFactor && (
        <p>
          <span className={`state ${secondFactor.enabled ? 'good' : 'calm'}`}>{secondFactor.enabled ? `set up ${dateOf(secondFactor.since)}` : 'not set up'}</span>{' '}
          {secondFactor.enabled && <small>{secondFactor.recoveryCodesLeft} recovery codes left</small>}
        </p>
      )}
      <div className="actions">
        {secondFactor?.enabled === false && (
          <button type="button" className="primary" onClick={() => setStep('setup')}>
            Set up
          </button>
        )}
        {secondFactor?.enabled && (
          <>
            <button type="button" onClick={() => setStep('renew')}>
              New recovery codes
            </button>
            <DialogButton label="Take it away" title="Take the second factor away" isDanger>
              {(done) => <DisableForm onDone={() => (done(), refresh())} />}
            </DialogButton>
          </>
        )}
      </div>
      {step && (
        <Dialog title={codes ? 'Recovery codes' : TITLES[step]} isKept={codes !== undefined} onClose={close}>
          {codes && <RecoveryCodes codes={codes} onDone={close} />}
          {!codes && (step === 'setup' ? <SetUpSecondFactor onConfirmed={show} /> : <RenewForm onRenewed={show} />)}
        </Dialog>
      )}
    </section>
  );
}

function RenewForm({ onRenewed }: { onRenewed: (codes: readonly string[]) => void }): ReactNode {
  const [{ data, error, fetching }, renew] = useMutation(RenewRecoveryCodesDocument);
  const send = async (fields: FormData): Promise<void> => {
    const codes = (await renew({ input: { code: codeOf(fields) } })).data?.recoveryCodesRenew.recoveryCodes;
    if (codes) onRenewed(codes);
  };
  return (
    <Form action="Make new ones" isBusy={fetching} refusals={data?.recoveryCodesRenew.userErrors} error={error} onSend={send}>
      <p className="hint">Those from before are void then.</p>
      <CodeField />
    </Form>
  );
}

function DisableForm({ onDone }: { onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, disable] = useMutation(DisableSecondFactorDocument);
  const [withRecoveryCode, setWithRecoveryCode] = useState(false);
  const send = async (fields: FormData): Promise<void> => {
    const input = withRecoveryCode ? { recoveryCode: textOf(fields, 'recoveryCode').trim() } : { code: codeOf(fields) };
    if ((await disable({ input })).data?.secondFactorDisable.secondFactor) onDone();
  };
  return (
    <Form action="Take it away" isDanger isBusy={fetching} refusals={data?.secondFactorDisable.userErrors} error={error} onSend={send}>
      {withRecoveryCode ? (
        <label>
          Recovery code
          <input name="recoveryCode" required autoComplete="off" spellCheck={false} />
        </label>
      ) : (
        <CodeField />
      )}
      <button type="button" className="link" onClick={() => setWithRecoveryCode(!withRecoveryCode)}>
        {withRecoveryCode ? 'Use the authenticator app' : 'Use a recovery code'}
      </button>
    </Form>
  );
}
