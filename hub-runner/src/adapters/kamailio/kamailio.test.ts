import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { changesBetween, parseRegistrations, parseTable } from './registrations.js';
import { createKamailioRpc, parseRpcAnswer } from './rpc.js';

// Kamailio 5.6.3.
const dump = (...contacts: object[]) => ({
  Domains: [{ Domain: { Domain: 'location', Size: 1024, AoRs: [{ Info: { AoR: '6001', HashID: 821943567, Contacts: contacts.map((Contact) => ({ Contact })) } }], Stats: { Records: 1, 'Max-Slots': 1 } } }],
});
const contact = { Address: 'sip:6001-0x560f@127.0.0.1:28342', Expires: 60, Q: -1, 'Call-ID': 'bd0cb286', CSeq: 42751, 'User-Agent': 'baresip v1.0.0 (x86_64/linux)', State: 'CS_NEW' };
const at = new Date('2026-11-23T00:00:00Z');
const ours = (): boolean => true;

describe('reading Kamailio', () => {
  it('reads who is registered, and until when', () => {
    expect(parseRegistrations(dump(contact), at).get('6001')).toEqual({
      slotNumber: '6001',
      contact: 'sip:6001-0x560f@127.0.0.1:28342',
      expiresAt: new Date('2026-11-23T00:01:00Z'),
      revision: 'bd0cb286/42751',
    });
  });
  it.each([0, -5, 'deleted', 'expired'])('leaves out a contact that expires in %s', (Expires) => {
    expect(parseRegistrations(dump({ ...contact, Expires }), at).size).toBe(0);
  });
  it('reads an empty location table', () => {
    expect(parseRegistrations({ Domains: [{ Domain: { Domain: 'location', Size: 1024, Stats: {} } }] }, at).size).toBe(0);
  });
  it('sees a phone come, renew and go, and keeps quiet about the rest', () => {
    const none = new Map();
    const first = parseRegistrations(dump(contact), at);
    const renewed = parseRegistrations(dump({ ...contact, CSeq: 42752 }), at);
    expect(changesBetween(none, first, ours)).toMatchObject([{ kind: 'registered', slotNumber: '6001' }]);
    expect(changesBetween(first, first, ours)).toEqual([]);
    expect(changesBetween(first, renewed, ours)).toMatchObject([{ kind: 'registered' }]);
    expect(changesBetween(renewed, none, ours)).toMatchObject([{ kind: 'lost', slotNumber: '6001' }]);
    expect(changesBetween(none, first, () => false)).toEqual([]);
  });
  it('reads a table', () => {
    expect(parseTable([{ entry: 15, size: 1, slot: [{ name: '6001', value: 'bc1c12da', type: 'str' }] }])).toEqual(new Map([['6001', 'bc1c12da']]));
    expect(parseTable([])).toEqual(new Map());
  });
  it('tells an answer from a refusal', () => {
    expect(parseRpcAnswer({ jsonrpc: '2.0', result: {}, id: 1 })).toEqual({ ok: true, result: {} });
    expect(parseRpcAnswer({ jsonrpc: '2.0', error: { code: 500, message: 'AOR not found in location table' }, id: 1 })).toEqual({ ok: false, code: 500, message: 'AOR not found in location table' });
  });
});

describe('talking to Kamailio', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  async function answering(status: number, body: string): Promise<string> {
    server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/RPC`;
  }
  const never = new AbortController().signal;

  it.each([
    [403, '', 'refuses the token'],
    [200, 'no JSON', 'something else than JSON-RPC'],
  ])('is unavailable when it answers %i %s', async (status, body, message) => {
    const rpc = createKamailioRpc({ url: await answering(status, body), token: 't' });
    await expect(rpc('core.uptime', [], never)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(message) as unknown });
  });
  it('is unavailable when nobody listens', async () => {
    const rpc = createKamailioRpc({ url: 'http://127.0.0.1:1/RPC', token: 't' });
    await expect(rpc('core.uptime', [], never)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
