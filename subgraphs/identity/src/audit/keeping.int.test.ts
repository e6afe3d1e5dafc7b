import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActor, startChild } from '@vss/testing';
import { startIdentity, type TestIdentity } from '../identity.fixture.js';
import { aTrail, type Trail } from './chain.fixture.js';
import { verifyExport } from './verify-export.js';

let test: TestIdentity;
beforeAll(async () => {
  test = await startIdentity();
});
afterAll(() => test.stop());

const ENTRY = 'identity.security_audit_entry';
const YEARS_S = 5 * 366 * 86_400;
const DAY_S = 86_400;

const seqsOf = async ({ centerId }: Trail) => (await test.rows<{ seq: number }>(`select seq from ${ENTRY} where chain = $1 and seq is not null order by seq`, [centerId])).map(({ seq }) => seq);
const person = (trail: Trail) => test.person('seller', trail.centerId);

describe('an exported chain', () => {
  it('proves itself without the platform, page by page, by the head of the last page and the published key', async () => {
    const trail = await aTrail(test, 7);
    const { lines, head, pages } = await trail.exported({ limit: 3 });
    // The export itself is the eighth.
    expect([lines.length, pages]).toEqual([8, 3]);
    expect(head.publicKey).toEqual(test.identity.auditKey);
    expect(await verifyExport(lines, head.signed, test.identity.auditKey)).toMatchObject({ intact: true, checked: 8, from: 1, head: { chain: trail.centerId, seq: 8 } });
    expect(await verifyExport(lines.slice(3), head.signed, test.identity.auditKey)).toMatchObject({ intact: true, checked: 5, from: 4 });
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    ['a line changed', (lines) => lines.map((line, at) => (at === 2 ? line.replace('ALLOWED', 'REFUSED') : line)), 'Entry 3 was changed'],
    ['a line missing', (lines) => lines.filter((_, at) => at !== 2), 'Entry 3 was removed'],
    ['a line twice', (lines) => [...lines.slice(0, 3), ...lines.slice(2)], 'Entry 3 was put in later'],
    ['its end cut off', (lines) => lines.slice(0, 4), 'Entry 5 is missing'],
    ['nothing in it', () => [], 'Entry 1 is missing'],
    ['something else in it', (lines) => [...lines, '{"not": "a line"'], 'Line 6 of the file is not a line'],
  ])('with %s is not intact', async (_what, spoil, reason) => {
    const trail = await aTrail(test, 4);
    const { lines, head } = await trail.exported();
    expect(await verifyExport(spoil(lines), head.signed)).toEqual({ intact: false, reason: expect.stringContaining(reason) });
  });

  it('is not proved by a head of another chain or of another key', async () => {
    const [trail, other] = [await aTrail(test, 1), await aTrail(test, 1)];
    const { lines, head } = await trail.exported();
    expect(await verifyExport(lines, (await other.head()).signed)).toMatchObject({ intact: false });
    expect(await verifyExport(lines, head.signed, { ...test.identity.auditKey, x: Buffer.alloc(32, 1).toString('base64url') })).toMatchObject({ intact: false });
  });

  it('is checked by the command, which says what is wrong and ends with 1', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vss-audit-'));
    const run = async (lines: readonly string[], head: string): Promise<number | null> => {
      await writeFile(join(folder, 'lines'), `${lines.join('\n')}\n`);
      await writeFile(join(folder, 'head'), head);
      await writeFile(join(folder, 'key'), JSON.stringify(test.identity.auditKey));
      const child = startChild(new URL('./verify-export.child.ts', import.meta.url), [join(folder, 'lines'), join(folder, 'head'), join(folder, 'key')]);
      const [code] = (await once(child.process, 'close')) as [number | null];
      return code;
    };
    const trail = await aTrail(test, 2);
    const { lines, head } = await trail.exported();
    expect([await run(lines, head.signed), await run(lines.slice(1, 2), head.signed)]).toEqual([0, 1]);
    await rm(folder, { recursive: true });
  });

  it('says that it was handed out, by whom, once', async () => {
    const trail = await aTrail(test, 3);
    await trail.exported({ limit: 1 });
    const rows = await test.rows(`select action, actor_id, target from ${ENTRY} where chain = $1 and action = 'AUDIT_EXPORTED'`, [trail.centerId]);
    expect(rows).toEqual([{ action: 'AUDIT_EXPORTED', actor_id: trail.auditor.userId, target: trail.centerId }]);
  });

  it('holds only what a filter wants', async () => {
    const trail = await aTrail(test, 2);
    const someone = await person(trail);
    const { lines } = await trail.exported({ filter: { target: someone.id } });
    expect(lines.map((line) => JSON.parse(line).target)).toEqual([someone.id]);
  });

  it.each(['operator', 'seller', 'supervisor'])('is not for a %s', async (role) => {
    for (const query of ['{ auditExport(input: {}) { jsonl } }', '{ auditHead { signed } }', '{ auditVerify(input: {}) { intact } }'])
      expect((await test.ask(anActor({ role }), query)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});

describe('what was kept long enough', () => {
  it('goes, up to a signed checkpoint from which the rest proves itself', async () => {
    const trail = await aTrail(test, 3);
    const old = await trail.head();
    test.clock.forward(YEARS_S);
    await person(trail);
    await trail.head();
    await test.identity.keepAudit();
    expect(await trail.verify()).toMatchObject({ intact: true, checked: 2 });
    // A person's, and the line that tells of the others' end.
    expect(await seqsOf(trail)).toEqual([4, 5]);
    expect(await test.rows(`select action, detail from ${ENTRY} where chain = $1 order by seq desc limit 1`, [trail.centerId])).toEqual([{ action: 'AUDIT_PURGED', detail: { upTo: 3 } }]);
    expect(await trail.verify({ head: old.signed })).toMatchObject({ intact: true });
    const { lines, head } = await trail.exported();
    expect(await verifyExport(lines, head.signed)).toMatchObject({ intact: true, from: 4 });
  });

  it('shows as removed where the checkpoint is not ours, or was made for another place', async () => {
    const trail = await aTrail(test, 5);
    const { hash } = await trail.head();
    const forged = (signed: string) => `insert into identity.audit_checkpoint (chain, seq, hash, signed, purged, made_at) values (:c, 2, '${hash}', '${signed}', true, now())`;
    await test.rows(forged((await trail.head()).signed).replace(':c', `'${trail.centerId}'`));
    await test.rows(`delete from ${ENTRY} where chain = '${trail.centerId}' and seq <= 2`);
    expect(await trail.verify()).toMatchObject({ intact: false, firstBreak: { seq: 1, kind: 'REMOVED' } });
  });

  it('may be only what a checkpoint stands for, and checkpoints stay', async () => {
    const trail = await aTrail(test, 2);
    await trail.head();
    await expect(test.rows(`delete from ${ENTRY} where chain = $1`, [trail.centerId])).rejects.toThrow('append-only');
    for (const sql of ['delete from identity.audit_checkpoint', 'update identity.audit_checkpoint set seq = seq + 1', 'truncate identity.audit_checkpoint']) {
      await test.rows(`insert into identity.audit_checkpoint (chain, seq, hash, signed, purged, made_at) values ($1, 1, '', '', false, now()) on conflict do nothing`, [trail.centerId]);
      await expect(test.rows(sql)).rejects.toThrow('append-only');
    }
  });

  it('is signed once a day, so that what was before cannot be rewritten even where nobody exported a head', async () => {
    const trail = await aTrail(test, 4);
    await trail.head();
    test.clock.forward(DAY_S);
    await test.identity.keepAudit();
    await test.identity.keepAudit();
    expect(await test.rows('select seq from identity.audit_checkpoint where chain = $1', [trail.centerId])).toEqual([{ seq: 4 }]);
    // The last two lines gone, and the platform's own note of the end put back.
    await trail.tamper(`delete from ${ENTRY} where chain = :c and seq > 2`, `update identity.audit_chain c set seq = 2, hash = e.hash from ${ENTRY} e where e.chain = c.chain and e.seq = 2 and c.chain = :c`);
    expect(await trail.verify()).toMatchObject({ intact: false, firstBreak: { seq: 3, kind: 'CUT' } });
  });

  it('is checked by the time of sealing when asked to', async () => {
    const trail = await aTrail(test, 2);
    await trail.head();
    test.clock.forward(3_600);
    const from = test.clock.now().toISOString();
    await person(trail);
    await trail.head();
    test.clock.forward(3_600);
    const to = test.clock.now().toISOString();
    await person(trail);
    expect(await trail.verify({ from, to })).toMatchObject({ intact: true, checked: 1 });
    expect(await trail.verify({ from })).toMatchObject({ intact: true, checked: 2 });
    await expect(trail.verify({ from, fromSeq: 1 })).rejects.toThrow('not both');
  });
});
