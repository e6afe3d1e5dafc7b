import type { ReactNode } from 'react';
import { words } from '../format.js';

const TONES: Record<string, string> = {
  READY: 'good',
  CALLING: 'busy',
  ACTIVE_CALL: 'talk',
  POSTCALL: 'wait',
  REGISTERING: 'wait',
  ASSIGNED: 'wait',
  IDLE: 'calm',
  FAULT: 'bad',
  QUEUED: 'wait',
  DIALING: 'busy',
  RINGING: 'busy',
  ANSWERED: 'talk',
  BRIDGED: 'talk',
  ON_HOLD: 'wait',
  ENDED: 'calm',
  ERROR: 'bad',
  WARNING: 'wait',
  INFO: 'calm',
  WON: 'good',
  LOST: 'bad',
  ACTIVE: 'good',
  DEACTIVATED: 'bad',
  ALLOWED: 'calm',
  REFUSED: 'bad',
  REQUESTED: 'busy',
  APPROVED: 'good',
  REVOKED: 'bad',
};

/** A state in words and colour; the words carry it, the colour helps. */
export function State({ value, reason }: { value: string; reason?: string | null | undefined }): ReactNode {
  return (
    <span className={`state ${TONES[value] ?? 'calm'}`} data-state={value}>
      {words(value)}
      {reason ? ` · ${words(reason)}` : ''}
    </span>
  );
}
