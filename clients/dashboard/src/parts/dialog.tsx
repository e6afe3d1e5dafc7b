import { useEffect, useId, useRef, type ReactNode } from 'react';

/**
 * A window over the page; the browser keeps the focus inside and closes it with Escape. `isKept`: only a button closes
 * it, for what is shown once.
 */
export function Dialog({ title, isKept = false, onClose, children }: { title: string; isKept?: boolean; onClose: () => void; children: ReactNode }): ReactNode {
  const place = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (!place.current?.open) place.current?.showModal();
  }, []);
  return (
    <dialog ref={place} className="card dialog" aria-labelledby={heading} onClose={onClose} onCancel={(event) => isKept && event.preventDefault()}>
      <header className="row">
        <h2 id={heading}>{title}</h2>
        {!isKept && (
          <button type="button" className="link" aria-label="Close" onClick={onClose}>
            ✕
          </button>
        )}
      </header>
      {children}
    </dialog>
  );
}
