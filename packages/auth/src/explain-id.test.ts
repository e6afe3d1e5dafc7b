import { describe, expect, it } from 'vitest';
import { anonymousActor, explainIdOf, readExplainId } from './index.js';

const actor = { ...anonymousActor, kind: 'user' as const, userId: 'usr_1', role: 'operator', permissionVersion: 4, rightsVersion: 2 };
const at = new Date('2026-01-02T03:04:05.678Z');

describe('an explainId', () => {
  it('tells what was denied to whom, where and when', () => {
    const denied = { permission: 'calls:read', needed: 'CENTER' as const, coordinate: 'Query.call', row: { type: 'CALL', id: 'call_1' }, field: 'phoneNumber', why: 'not today', at };
    expect(readExplainId(explainIdOf(actor, denied))).toEqual({ ...denied, userId: 'usr_1', role: 'operator', permissionVersion: 4, rightsVersion: 2 });
  });

  it('tells nothing of what was not known', () => {
    expect(readExplainId(explainIdOf(actor, { permission: 'calls:start', needed: 'OWN', coordinate: '', at }))).toMatchObject({ row: undefined, field: undefined, why: undefined });
  });

  it('goes through an address and a log line as it is', () => {
    const id = explainIdOf(actor, { permission: 'calls:read', needed: 'OWN', coordinate: 'Query.calls', why: 'weil "Ünïcode" \n 🙂', at });
    expect(id).toMatch(/^[\w-]+$/);
    expect(readExplainId(id)?.why).toBe('weil "Ünïcode" \n 🙂');
  });

  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const good = [1, 'usr_1', 'operator', 1, 0, 'calls:read', 0, 'Query.calls', 0, '', '', '', ''];
  const changed = (index: number, value: unknown): string => encoded(good.map((each, at) => (at === index ? value : each)));

  it.each([
    ['empty', ''],
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('calls:read').toString('base64url')],
    ['no list', encoded({ length: 13 })],
    ['null', encoded(null)],
    ['too short', encoded(good.slice(1))],
    ['of another format', changed(0, 2)],
    ['with a number for a user', changed(1, 7)],
    ['with a NUL in the user', changed(1, 'usr\0')],
    ['with a version that is none', changed(3, -1)],
    ['with a version too large to count', changed(3, 1e300)],
    ['with a scope that there is not', changed(6, 5)],
    ['with a scope of text', changed(6, 'length')],
    ['with an instant beyond all time', changed(8, 8.65e15)],
    ['with a list for a row', changed(9, ['CALL'])],
    ['of unreasonable length', `${encoded(good)}${'A'.repeat(2_000)}`],
  ])('that is %s is none', (_what, text) => {
    expect(readExplainId(text)).toBeUndefined();
  });

  it('that is well-formed but made up is read: it opens nothing by itself', () => {
    expect(readExplainId(encoded(good))).toMatchObject({ userId: 'usr_1', needed: 'OWN' });
  });
});
