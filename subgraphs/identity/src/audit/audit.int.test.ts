import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessDenied, createOutbox, MutationRecorded } from '@vss/events';
import { newId, silentLogger } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { forkFor, openOrm, type Orm } from '@vss/db';
import { startIdentity, type TestIdentity } from '../identity.fixture.js';
import { mutationRoutes } from './audit.consumer.js';
import { createAuditService } from './audit.service.js';
import { SecurityAuditEntry } from './security-audit.entity.js';

const AUDIT = `query($filter: SecurityAuditFilter, $first: Int!, $after: String) { securityAudit(first: $first, after: $after, filter: $filter) {
  nodes { id at action outcome actor { username } target detail traceId sourceAddress } totalCount pageInfo { hasNextPage endCursor } } }`;

let test: TestIdentity;
let orm: Orm;
beforeAll(async () => {
  test = await startIdentity();
  orm = await openOrm({ target: test.database.target, contextName: 'audit-test', schema: 'identity', entities: [SecurityAuditEntry], logger: silentLogger });
});
afterAll(async () => {
  await orm.close();
  await test.stop();
});

const auditOf = async (filter: object, first = 50, after: string | null = null) => {
  const { data, errors } = await test.ask(anActor({ role: 'admin' }), AUDIT, { filter, first, after });
  expect(errors).toBeUndefined();
  return data.securityAudit;
};

const LINES = `query($filter: SecurityAuditFilter) { securityAudit(first: 50, filter: $filter) {
  nodes { action operation permission override outcome target detail changes { type id did fields { name before after } } } } }`;
const linesOf = async (filter: object) => {
  const { data, errors } = await test.ask(anActor({ role: 'admin' }), LINES, { filter: JSON.parse(JSON.stringify(filter)) });
  expect(errors).toBeUndefined();
  return data.securityAudit;
};

describe('the security audit', () => {
  it('tells of a right that was asked for and not given, once', async () => {
    const seller = await test.person('seller');
    await test.ask(seller.actor, '{ a: users { nodes { id } } b: users { nodes { id } } }');
    const { nodes } = await waitFor(async () => {
      const page = await auditOf({ actorId: seller.id, action: 'ACCESS_DENIED' });
      return page.nodes.length > 0 && page;
    });
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({ outcome: 'REFUSED', actor: { username: seller.username }, target: 'Query.users', detail: { permission: 'users:read', role: 'seller', wall: 'SUBGRAPH' } });
  });

  it('tells of denials at other walls, with the time of the denial', async () => {
    const operator = await test.person('operator');
    const outbox = createOutbox({ schema: 'identity', source: 'gateway' });
    const denied = { userId: operator.id, role: 'operator', permission: 'trunks:create', operation: 'Mutation.trunkCreate', wall: 'GATEWAY', at: '2026-01-02T03:04:05.000Z' } as const;
    await forkFor(orm, 'ALL').transactional((tx) => outbox.add(tx, AccessDenied, denied, { centerId: operator.actor.centerId, traceId: 'trace_x', actor: operator.id }));
    const { nodes } = await waitFor(async () => {
      const page = await auditOf({ target: 'Mutation.trunkCreate', actorId: operator.id });
      return page.nodes.length > 0 && page;
    });
    expect(nodes).toMatchObject([{ at: denied.at, traceId: 'trace_x', detail: { wall: 'GATEWAY', permission: 'trunks:create' } }]);
  });

  it.each(['operator', 'seller', 'supervisor'])('is not for a %s', async (role) => {
    const { data, errors } = await test.ask(anActor({ role }), AUDIT, { first: 1 });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('shows a center its own lines, page by page, newest first', async () => {
    const auditor = anActor({ role: 'auditor', grants: [{ resource: 'audit', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' }] });
    const made = [await test.person('operator', auditor.centerId), await test.person('seller', auditor.centerId), await test.person('seller', auditor.centerId)];
    await test.person('operator');
    const page = async (after: string | null) => (await test.ask(auditor, AUDIT, { first: 2, after })).data.securityAudit;
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes].map(({ target }: { target: string }) => target)).toEqual(made.map(({ id }) => id).toReversed());
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it('tells with a line that a service writes itself which mutation it was, by which right, and what changed', async () => {
    const admin = await test.person('admin');
    const made = await test.person('operator', admin.actor.centerId);
    const update = 'mutation($input: UserUpdateInput!) { userUpdate(input: $input) { user { id } userErrors { code } } }';
    expect((await test.ask(admin.actor, update, { input: { id: made.id, expectedVersion: 1, displayName: 'Olga Ivanova' } })).data.userUpdate.userErrors).toEqual([]);
    const { nodes } = await linesOf({ target: made.id, operation: 'userUpdate' });
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({ action: 'USER_UPDATED', permission: 'users:update', override: false, outcome: 'ALLOWED' });
    expect(nodes[0].changes).toContainEqual({ type: 'User', id: made.id, did: 'UPDATED', fields: expect.arrayContaining([{ name: 'displayName', before: '[personal]', after: '[personal]' }, { name: 'version', before: 1, after: 2 }]) });
    expect(JSON.stringify(nodes)).not.toContain('Olga');
  });

  it('is found by mutation, right, outcome, override, time, and by a part of its text', async () => {
    const admin = await test.person('admin');
    const made = await test.person('operator', admin.actor.centerId);
    const update = 'mutation($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { code } } }';
    await test.ask(admin.actor, update, { input: { id: made.id, expectedVersion: 99, displayName: 'Stale' } });
    const found = async (filter: object): Promise<number> => (await linesOf({ actorId: admin.id, ...filter })).nodes.length;
    const at = test.clock.now();
    const [before, after] = [new Date(at.getTime() - 1_000), new Date(at.getTime() + 1_000)];
    const wanted = [
      { operation: 'userUpdate' },
      { permission: 'users:update', outcome: 'REFUSED' },
      { action: 'MUTATION', override: false },
      { from: before, to: after },
      { text: 'ERupd' },
      { text: 'version_conflict' },
      { text: made.id.slice(5, 20) },
    ];
    const unwanted = [{ operation: 'userCreate' }, { outcome: 'ALLOWED' }, { override: true }, { to: before }, { from: after }, { text: '%' }, { text: 'VERSION__ONFLICT' }, { text: 'Stale' }, { text: "' or true --" }];
    expect(await Promise.all(wanted.map(found))).toEqual(wanted.map(() => 1));
    expect(await Promise.all(unwanted.map(found))).toEqual(unwanted.map(() => 0));
  });

  it('has one line of a mutation of another subgraph, also when its message comes twice', async () => {
    const message = { id: newId('msg'), centerId: newId('ctr'), traceId: 'trace_twice' };
    const told = { userId: newId('usr'), role: 'seller', subgraph: 'crm', operation: 'leadUpdate', permission: 'leads:update', override: false, outcome: 'ALLOWED', errors: [], target: 'lead_x', changes: [], untold: 0, sourceAddress: '', at: '2026-01-02T03:04:05.000Z' } as const;
    const routes = mutationRoutes(createAuditService());
    const delivered = { ...message, type: MutationRecorded.type, version: 1, at: told.at, aggregateId: told.userId, sequence: 1, causationId: null, actor: told.userId, payload: told };
    for (let i = 0; i < 2; i += 1) await routes.work(forkFor(orm, message.centerId), delivered);
    expect((await linesOf({ actorId: told.userId })).nodes).toMatchObject([{ action: 'MUTATION', operation: 'leadUpdate', target: 'lead_x' }]);
  });

  it.each(['update identity.security_audit_entry set outcome = outcome', 'delete from identity.security_audit_entry', 'truncate identity.security_audit_entry'])('cannot be changed: %s', (sql) =>
    expect(test.rows(sql)).rejects.toThrow('append-only'));
});
