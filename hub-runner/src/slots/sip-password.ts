import { createHmac } from 'node:crypto';

/**
 * The SIP password of a slot. It is in no message and no table: whoever provisions a phone derives it from the same
 * secret, and the runner tells the registrar.
 */
export function sipPasswordOf(secret: string, slotNumber: string): string {
  return createHmac('sha256', secret).update(slotNumber).digest('base64url').slice(0, 24);
}
