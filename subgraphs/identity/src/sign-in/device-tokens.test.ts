import { expect, it } from 'vitest';
import { createDeviceTokens } from './device-tokens.js';

const tokens = createDeviceTokens('the secret of an installation');

it('names a device for the user that it was given to, the same each time', () => {
  const token = tokens.issue('usr_1');
  expect(tokens.deviceOf(token, 'usr_1')).toMatch(/^[\w-]{16}$/);
  expect(tokens.deviceOf(token, 'usr_1')).toBe(tokens.deviceOf(token, 'usr_1'));
  expect(tokens.deviceOf(tokens.issue('usr_1'), 'usr_1')).not.toBe(tokens.deviceOf(token, 'usr_1'));
});

it('is worth nothing for another user, from another installation, or made up', () => {
  const token = tokens.issue('usr_1');
  expect(tokens.deviceOf(token, 'usr_2')).toBeUndefined();
  expect(createDeviceTokens('another secret').deviceOf(token, 'usr_1')).toBeUndefined();
  expect(['', '.', 'device', 'device.', `device.${token.split('.')[1]}`, 'device.!!!'].map((made) => tokens.deviceOf(made, 'usr_1'))).toEqual(Array(6).fill(undefined));
});
