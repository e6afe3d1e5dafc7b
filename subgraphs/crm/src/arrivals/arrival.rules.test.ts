import { describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { madeAt, mayStillArrive } from './arrival.rules.js';

describe('a row that is not known yet', () => {
  const id = newId('call');
  it('tells by its id when it was made', () => expect(Math.abs(Date.now() - madeAt(id).getTime())).toBeLessThan(2_000));
  it('may still arrive when it has just begun', () => expect(mayStillArrive(id, new Date())).toBe(true));
  it('is unknown for good when it is old', () => expect(mayStillArrive(id, new Date(Date.now() + 11_000))).toBe(false));
  it.each(['', 'call_', 'call_zzz', 'c_882', `${newId('lead')}0`])('is unknown for good when it is no id: %s', (text) => expect(mayStillArrive(text, new Date())).toBe(false));
});
