import { useRef, useState, type ReactNode } from 'react';

/** What is shown once: to be copied, and gone when the page is left. */
export function Secret({ label, value }: { label: string; value: string }): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    field.current?.select();
    // Out of reach where the page did not come over HTTPS: then it is selected, for the keyboard.
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="secret">
      <label>
        {label}
        <input ref={field} readOnly value={value} spellCheck={false} onFocus={(event) => event.target.select()} />
      </label>
      <button type="button" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
