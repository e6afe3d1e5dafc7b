import type { ReactNode } from 'react';
import { Secret } from '../../parts/secret.js';

export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }): ReactNode {
  return (
    <div className="stack">
      <p className="hint">Each of them stands in for the app once, should it be lost. They are shown only now.</p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code} data-testid="recovery-code">
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Secret label="All of them" value={codes.join(' ')} />
      <button type="button" className="primary" onClick={onDone}>
        I have kept them
      </button>
    </div>
  );
}
