import { useState, type FormEvent, type ReactNode } from 'react';
import { Dialog } from './dialog.js';
import { Refusals, type Refusal } from './refusals.js';

interface Sending {
  /** Words on the button that sends it. */
  action: string;
  isBusy?: boolean;
  isDanger?: boolean;
  refusals?: readonly Refusal[] | undefined;
  error?: unknown;
}

export interface FormProps extends Sending {
  className?: string;
  onSend: (fields: FormData, form: HTMLFormElement) => Promise<unknown> | void;
  children?: ReactNode;
}

/** Fields, what the platform says of them, and the button that sends them. */
export function Form({ action, isBusy = false, isDanger = false, refusals, error, className = 'stack', onSend, children }: FormProps): ReactNode {
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void onSend(new FormData(event.currentTarget), event.currentTarget);
  };
  return (
    <form className={className} onSubmit={send}>
      {children}
      <Refusals refusals={refusals} error={error} />
      <button type="submit" className={isDanger ? 'danger' : 'primary'} disabled={isBusy}>
        {action}
      </button>
    </form>
  );
}

export interface DialogButtonProps {
  /** Words on the button that opens it. */
  label: string;
  title?: string;
  isPrimary?: boolean;
  isDanger?: boolean;
  disabled?: boolean;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog. */
export function DialogButton({ label, title = label, isPrimary = false, isDanger = false, disabled = false, children }: DialogButtonProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <button type="button" className={isDanger ? 'danger' : isPrimary ? 'primary' : ''} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </button>
      {isOpen && (
        <Dialog title={title} onClose={close}>
          {children(close)}
        </Dialog>
      )}
    </>
  );
}
