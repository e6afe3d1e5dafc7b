import { encodeQR } from 'qr';
import type { ReactNode } from 'react';

const QUIET_ZONE = 4;

/** A QR code, drawn here: what it holds is sent to nobody. */
export function QrCode({ text, label }: { text: string; label: string }): ReactNode {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  const dark = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${modules.length} ${modules.length}`} shapeRendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
