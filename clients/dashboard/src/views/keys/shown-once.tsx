import type { ReactNode } from 'react';
import { Secret } from '../../parts/secret.js';

export function ShownOnce({ secret, onDone }: { secret: string; onDone: () => void }): ReactNode {
  return (
    <div className="stack">
      <p className="hint">Copy it now: the platform keeps no more than its fingerprint, and cannot show it again.</p>
      <Secret label="API key" value={secret} />
      <button type="button" className="primary" onClick={onDone}>
        I have kept it
      </button>
    </div>
  );
}
