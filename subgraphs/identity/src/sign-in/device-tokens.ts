import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../keys/index.js';

/**
 * Tells a device that its user signed in on before from a stranger's at the same address. It opens nothing: wrong
 * guesses from such a device are merely counted for themselves, so that nobody can make its user wait.
 */
export interface DeviceTokens {
  issue(userId: string): string;
  /** Name of the device; undefined where the token was not issued for this user. */
  deviceOf(token: string, userId: string): string | undefined;
}

/** Nothing is stored: the token says the device's name and proves by a MAC that it was given to this user. */
export function createDeviceTokens(installationSecret: string): DeviceTokens {
  const key = derivedKey(installationSecret, 'device tokens');
  const macOf = (device: string, userId: string): Buffer => createHmac('sha256', key).update(`${userId} ${device}`).digest();
  return {
    issue(userId) {
      const device = randomBytes(12).toString('base64url');
      return `${device}.${macOf(device, userId).toString('base64url')}`;
    },
    deviceOf(token, userId) {
      const [device = '', mac = ''] = token.split('.');
      const [given, right] = [Buffer.from(mac, 'base64url'), macOf(device, userId)];
      return given.length === right.length && timingSafeEqual(given, right) ? device : undefined;
    },
  };
}
