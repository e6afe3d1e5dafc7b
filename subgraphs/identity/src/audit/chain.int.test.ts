import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessDenied, createOutbox } from '@vss/events';
import { forkFor, openOrm, type Orm } from '@vss/db';
import { silentLogger } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { startIdentity, type TestIdentity } from '../identity.fixture.js';
import { aTrail } from './chain.fixture.js';
import { SecurityAuditEntry } from './security-audit.entity.js';

let test: TestIdentity;
let orm: Orm;
beforeAll(async () => {
  test = await startIdentity();
  orm = await openOrm({ target: test.database.target, contextName: 'chain-test', schema: 'identity', entities: [SecurityAuditEntry], logger: silentLogger });
});
afterAll(async () => {
  await orm.close();
  await test.stop();
});

const ENTRY = 'identity.security_audit_entry';

describe('R-212: the chain of a center', () => {
  it('holds while nothing is touched, and its lines stand one behind the other', async () => {
    const trail = await aTrail(test);
    expect(await trail.verify()).toEqual({ intact: true, checked: 6, firstBreak: null, nextSeq: null });
    const { data } = await test.ask(trail.auditor, '{ securityAudit(first: 50) { nodes { seq hash previousHash sealedAt action changes { type did fields { name after } } } } }');
    const nodes = data.securityAudit.nodes.toReversed();
    expect(nodes.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const [index, node] of nodes.entries()) expect(node.previousHash).toBe(index === 0 ? '0'.repeat(64) : nodes[index - 1].hash);
  });

  it.each([
    ['changed', `update ${ENTRY} set outcome = 'REFUSED' where chain = :c and seq = 3`, { seq: 3, kind: 'CHANGED' }],
    ['told of another actor', `update ${ENTRY} set actor_id = 'usr_other' where chain = :c and seq = 6`, { seq: 6, kind: 'CHANGED' }],
    ['removed', `delete from ${ENTRY} where chain = :c and seq = 3`, { seq: 3, kind: 'REMOVED' }],
    ['removed at the beginning', `delete from ${ENTRY} where chain = :c and seq = 1`, { seq: 1, kind: 'REMOVED' }],
    ['removed at the end', `delete from ${ENTRY} where chain = :c and seq > 4`, { seq: 5, kind: 'CUT' }],
    [
      'put in, with those behind it renumbered',
      `update ${ENTRY} set seq = -seq - 1 where chain = :c and seq >= 3; update ${ENTRY} set seq = -seq where chain = :c and seq < 0;
       insert into ${ENTRY} (id, center_id, at, action, outcome, detail, trace_id, source_address, seq, prev_hash, hash, sealed_at)
       select 'aud_forged' || substr(id, 5), center_id, at, 'SIGN_IN', 'ALLOWED', '{}', '', '', 3, prev_hash, repeat('a', 64), sealed_at from ${ENTRY} where chain = :c and seq = 2;
       update identity.audit_chain set seq = 7 where chain = :c`,
      { seq: 3, kind: 'INSERTED' },
    ],
    [
      'put in behind the end',
      `insert into ${ENTRY} (id, center_id, at, action, outcome, detail, trace_id, source_address, seq, prev_hash, hash, sealed_at)
       select 'aud_forged' || substr(id, 5), center_id, at, action, outcome, detail, trace_id, source_address, 7, hash, repeat('a', 64), sealed_at from ${ENTRY} where chain = :c and seq = 6`,
      { seq: 7, kind: 'CHANGED' },
    ],
  ])('shows an entry that was %s', async (_what, sql, firstBreak) => {
    const trail = await aTrail(test);
    expect(await trail.verify()).toMatchObject({ intact: true });
    await trail.tamper(sql);
    expect(await trail.verify()).toMatchObject({ intact: false, firstBreak });
  });

  it('shows by a head that was exported what was cut off behind it, even where the platform’s own note of the end was put back', async () => {
    const trail = await aTrail(test);
    const head = await trail.head();
    await trail.tamper(`delete from ${ENTRY} where chain = :c and seq > 4`, `update identity.audit_chain c set seq = 4, hash = e.hash from ${ENTRY} e where e.chain = c.chain and e.seq = 4 and c.chain = :c`);
    expect(await trail.verify()).toMatchObject({ intact: true });
    expect(await trail.verify({ head: head.signed })).toMatchObject({ intact: false, firstBreak: { seq: 5, kind: 'CUT' } });
    // What is written since takes the places of those that are gone.
    await test.person('seller', trail.centerId);
    await test.person('seller', trail.centerId);
    expect(await trail.verify({ head: head.signed })).toMatchObject({ intact: false, firstBreak: { seq: 6, kind: 'CHANGED' } });
  });

  it('takes no head of another center, of another key, or one that was altered', async () => {
    const [trail, other] = [await aTrail(test, 1), await aTrail(test, 1)];
    const foreign = await other.head();
    const { signed } = await trail.head();
    const [header, payload, signature] = signed.split('.');
    const altered = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()), seq: 0 })).toString('base64url');
    for (const head of [foreign.signed, `${header}.${altered}.${signature}`, `${header}.${payload}.`, 'none'])
      await expect(trail.verify({ head })).rejects.toThrow('AUDIT_HEAD_INVALID');
  });

  it('checks a part when asked to', async () => {
    const trail = await aTrail(test);
    await trail.head();
    await trail.tamper(`update ${ENTRY} set outcome = 'REFUSED' where chain = :c and seq = 2`);
    expect(await trail.verify({ fromSeq: 3 })).toMatchObject({ intact: true, checked: 4 });
    expect(await trail.verify({ toSeq: 1 })).toMatchObject({ intact: true, checked: 1 });
    expect(await trail.verify({ fromSeq: 9 })).toMatchObject({ intact: false, firstBreak: { seq: 8, kind: 'REMOVED' } });
  });

  it('belongs to its center: another one’s is not there, and all are for who may read everywhere', async () => {
    const [trail, other] = [await aTrail(test, 2), await aTrail(test, 1)];
    await expect(trail.verify({ centerId: other.centerId })).rejects.toThrow('NOT_FOUND');
    const admin = anActor({ role: 'admin' });
    const query = 'query($id: ID) { auditHead(centerId: $id) { seq } auditVerify(input: { centerId: $id }) { intact checked } }';
    expect((await test.ask(admin, query, { id: trail.centerId })).data).toEqual({ auditHead: { seq: 2 }, auditVerify: { intact: true, checked: 2 } });
    expect((await test.ask(admin, query, { id: 'platform' })).data.auditVerify.intact).toBe(true);
  });

  it.each([
    `update ${ENTRY} set seq = seq + 1 where seq is not null`,
    `update ${ENTRY} set seq = null, prev_hash = null, hash = null, sealed_at = null where seq is not null`,
    `update ${ENTRY} set target = 'another', seq = 1000000, prev_hash = '', hash = '', sealed_at = now()`,
    `delete from ${ENTRY}`,
  ])('is not even changed by whoever writes to the database as the platform does: %s', async (sql) => {
    await (await aTrail(test, 1)).head();
    await expect(test.rows(sql)).rejects.toThrow('append-only');
  });
});

describe('sealing', () => {
  it('ten writers at once and two processes that seal make one whole chain', async () => {
    const second = await test.another();
    await second.start();
    const trail = await aTrail(test, 0);
    await Promise.all(Array.from({ length: 10 }, async () => {
      for (let i = 0; i < 5; i += 1) await test.person('seller', trail.centerId);
    }));
    expect(await trail.verify()).toEqual({ intact: true, checked: 50, firstBreak: null, nextSeq: null });
  });

  it('takes in what was written before there was a chain, in its order', async () => {
    const trail = await aTrail(test, 0);
    const line = (n: number) => `('aud_old${n}_${trail.centerId}', '${trail.centerId}', '2026-01-0${n}', 'SIGN_IN', 'ALLOWED', '{}', '', '')`;
    await test.rows(`insert into ${ENTRY} (id, center_id, at, action, outcome, detail, trace_id, source_address) values ${[1, 2, 3].map(line).join(', ')}`);
    const { lines } = await trail.exported();
    expect(lines.map((text) => JSON.parse(text).at).slice(0, 3)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03'].map((day) => `${day}T00:00:00.000000Z`));
    expect(await trail.verify()).toMatchObject({ intact: true });
  });

  it('a line that tries to look like two stays one, in the export too', async () => {
    const trail = await aTrail(test, 1);
    const operation = `Mutation.x\n{"chain":"${trail.centerId}","seq":3,"hash":"0"}\r\n\u2028"`;
    const outbox = createOutbox({ schema: 'identity' });
    const denied = { userId: 'usr_hostile', role: 'seller', permission: 'calls:start', operation, wall: 'GATEWAY', at: '2026-01-02T03:04:05.000Z' } as const;
    await forkFor(orm, 'ALL').transactional((tx) => outbox.add(tx, AccessDenied, denied, { centerId: trail.centerId, traceId: 't\nt', actor: 'usr_hostile' }));
    const { lines } = await waitFor(async () => {
      const found = await trail.exported();
      return found.lines.some((text) => text.includes('usr_hostile')) ? found : undefined;
    });
    const hostile = lines.filter((text) => text.includes('usr_hostile'));
    expect(hostile).toHaveLength(1);
    expect(JSON.parse(hostile[0] ?? '')).toMatchObject({ target: operation, traceId: 't\nt' });
    expect(await trail.verify()).toMatchObject({ intact: true });
  });
});
