import { useState, type ReactNode } from 'react';
import { useMutation } from 'urql';
import { RotateApiKeyDocument, type ListedKeyFragment } from '../../generated/operations.js';
import { Dialog } from '../../parts/dialog.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { ShownOnce } from './shown-once.js';

const USUAL_OVERLAP_MINUTES = 60;
const LONGEST_OVERLAP_MINUTES = 10_080;

/** A new secret in place of an old one, which stays good for a while: programs are told in their own time. */
export function RotateKey({ apiKey, onRotated }: { apiKey: ListedKeyFragment; onRotated: () => void }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [{ data, error, fetching }, rotate] = useMutation(RotateApiKeyDocument);
  const send = async (fields: FormData): Promise<void> => {
    const rotated = await rotate({ input: { id: apiKey.id, overlapMinutes: Number(textOf(fields, 'overlapMinutes')) } });
    const made = rotated.data?.apiKeyRotate.secret;
    if (!made) return;
    setSecret(made);
    onRotated();
  };
  const close = (): void => {
    setOpen(false);
    setSecret(undefined);
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Rotate
      </button>
      {isOpen && (
        <Dialog title={`Rotate ${apiKey.name}`} isKept={secret !== undefined} onClose={close}>
          {secret ? (
            <ShownOnce secret={secret} onDone={close} />
          ) : (
            <Form action="Rotate" isBusy={fetching} refusals={data?.apiKeyRotate.userErrors} error={error} onSend={send}>
              <label>
                Minutes for which the old secret stays good
                <input name="overlapMinutes" type="number" min={0} max={LONGEST_OVERLAP_MINUTES} defaultValue={USUAL_OVERLAP_MINUTES} required />
              </label>
            </Form>
          )}
        </Dialog>
      )}
    </>
  );
}
