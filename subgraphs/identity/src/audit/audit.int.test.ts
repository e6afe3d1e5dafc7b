import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessDenied, createOutbox } from '@vss/events';
import { silentLogger } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { forkFor, openOrm, type Orm } from '@vss/db';
import { startIdentity, type TestIdentity } from '../identity.fixture.js';
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

  it.each(['update identity.security_audit_entry set outcome = outcome', 'delete from identity.security_audit_entry', 'truncate identity.security_audit_entry'])('cannot be changed: %s', (sql) =>
    expect(test.rows(sql)).rejects.toThrow('append-only'));
});
