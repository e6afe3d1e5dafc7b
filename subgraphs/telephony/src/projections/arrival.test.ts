import { describe, expect, it } from 'vitest';
import { newId, systemNow } from '@vss/runtime';
import { isFresh, untilArrived } from './arrival.js';

describe('a row that has not arrived yet', () => {
  const id = newId('lead');
  it('may still come when its id was just made', () => expect(isFresh(id, new Date())).toBe(true));
  it('does not come when its id is old', () => expect(isFresh(id, new Date(Date.now() + 11_000))).toBe(false));
  it.each(['', 'lead_', 'lead_zzz', 'lead_1', `${newId('lead')}0`])('does not come when the id is none: %j', (text) => expect(isFresh(text, new Date())).toBe(false));
  it('is looked for until it is there', async () => {
    let looks = 0;
    await untilArrived(id, async () => ++looks === 3, systemNow);
    expect(looks).toBe(3);
  });
  it('is not looked for when its id is old', async () => {
    const late = untilArrived(id, () => Promise.reject(new Error('looked')), () => new Date(Date.now() + 60_000));
    expect(await late).toBeUndefined();
  });
});
