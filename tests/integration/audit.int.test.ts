import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { anActor, waitFor } from '@vss/testing';
import { startInProcessPlatform, type InProcessPlatform } from './support/platform.js';
import { selectionFor } from './support/probes.js';
import { Supergraph } from '@apollo/federation-internals';

const CALL_START = 'mutation { callStart(input: { slotId: "slot_x", phoneNumber: "+14155550100", idempotencyKey: "k1" }) { call { id } } }';
const SLOTS = '{ slots { nodes { id } } }';
const WATCH = 'query ($id: ID!) { securityAudit(filter: { action: ACCESS_DENIED, actorId: $id }) { nodes { action outcome target traceId actor { username } detail } } }';

interface Line {
  readonly action: string;
  readonly outcome: string;
  readonly target: string;
  readonly traceId: string;
  readonly actor: { readonly username: string };
  readonly detail: Readonly<Record<string, unknown>>;
}

let platform: InProcessPlatform;
beforeAll(async () => {
  platform = await startInProcessPlatform();
});
afterAll(() => platform.stop());

const linesOf = async (actorId: string): Promise<readonly Line[]> => {
  const { data, errors } = await platform.ask(anActor({ role: 'admin' }), WATCH, { id: actorId });
  expect(errors).toBeUndefined();
  return (data as { securityAudit: { nodes: Line[] } }).securityAudit.nodes;
};

it.each([
  ['supervisor', CALL_START, 'Mutation.callStart', 'calls:start'],
  ['seller', SLOTS, 'Query.slots', 'slots:read'],
])('what the gateway denies a %s stands in the security audit, by the trace id of the answer', async (role, query, target, permission) => {
  const username = newId('name');
  const centerId = newId('ctr');
  const [user] = await platform.identity.ensureUsers([{ username, password: 'correct horse battery', role, displayName: username, email: `${username}@example.com`, centerId }]);
  const userId = user?.id ?? '';
  const { errors } = await platform.ask(anActor({ role, centerId, userId, username }), query);
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const lines = await waitFor(async () => {
    const found = await linesOf(userId);
    return found.length > 0 && found;
  });
  const traceId = errors?.[0]?.extensions?.traceId;
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  // One line, not more: the guard told it once, and no subgraph was asked that would tell it again.
  const denied = { action: 'ACCESS_DENIED', outcome: 'REFUSED', target, traceId, actor: { username } };
  expect(lines).toEqual([{ ...denied, detail: expect.objectContaining({ permission, role, wall: 'GATEWAY', count: 1 }) }]);
});

const MUTATIONS = `query ($actor: ID!, $after: String) { securityAudit(first: 200, after: $after, filter: { actorId: $actor }) {
  nodes { action operation permission override outcome target traceId sourceAddress seq detail changes { type id did fields { name before after } } } pageInfo { hasNextPage endCursor } } }`;

interface MutationLine {
  readonly action: string;
  readonly operation: string | null;
  readonly permission: string | null;
  readonly override: boolean;
  readonly outcome: string;
  readonly target: string | null;
  readonly traceId: string;
  readonly sourceAddress: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly changes: readonly { type: string; id: string; did: string; fields: readonly { name: string; before: unknown; after: unknown }[] }[];
}

async function mutationsOf({ userId }: Actor): Promise<MutationLine[]> {
  const lines: MutationLine[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await platform.ask(anActor({ role: 'admin' }), MUTATIONS, { actor: userId, after });
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = (data as { securityAudit: { nodes: MutationLine[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }).securityAudit;
    lines.push(...nodes.filter(({ operation }) => operation !== null));
    if (!pageInfo.hasNextPage) return lines;
    after = pageInfo.endCursor;
  }
}

const lineOf = (actor: Actor, operation: string): Promise<MutationLine> =>
  waitFor(async () => (await mutationsOf(actor)).find((line) => line.operation === operation), 10_000, `a line of ${operation}`);

const LEAD = 'mutation ($phone: String!) { leadCreate(input: { clientName: "Olga Ivanova", phone: $phone }) { lead { id } userErrors { code } } }';

describe('R-212, R-218: the audit of mutations', () => {
  it('has a line of every mutation of every subgraph, whatever became of it', async () => {
    const api = Supergraph.build(platform.supergraphSdl).apiSchema().toGraphQLJSSchema();
    const fields = Object.values(api.getMutationType()?.getFields() ?? {});
    const admin = anActor({ role: 'admin' });
    for (const field of fields) await platform.ask(admin, `mutation { ${selectionFor(field)} }`);
    const missing = async (): Promise<string[]> => {
      const told = new Set((await mutationsOf(admin)).map(({ operation }) => operation));
      // Whose name and password were wrong is not known: the line of a refused sign-in is nobody's.
      return fields.map(({ name }) => name).filter((name) => name !== 'login' && !told.has(name));
    };
    await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
    expect(fields.length).toBeGreaterThan(25);
    const refused = await platform.ask(admin, '{ securityAudit(filter: { operation: "login" }) { nodes { action outcome actor { id } } } }');
    expect(refused.data).toMatchObject({ securityAudit: { nodes: [{ action: 'SIGN_IN_REFUSED', outcome: 'REFUSED', actor: null }] } });
  });

  it('tells what another subgraph changed, with the trace id of the answer and the address it came from, and nothing personal', async () => {
    const seller = anActor({ role: 'seller' });
    const { data } = await platform.ask(seller, LEAD, { phone: '+14155550123' });
    const { id } = (data as { leadCreate: { lead: { id: string } } }).leadCreate.lead;
    const line = await lineOf(seller, 'leadCreate');
    expect(line).toMatchObject({ action: 'MUTATION', outcome: 'ALLOWED', target: id, permission: 'leads:create', override: false, sourceAddress: '127.0.0.1', detail: { role: 'seller', subgraph: 'crm' } });
    const fields = line.changes.find(({ type }) => type === 'Lead')?.fields;
    expect(fields).toContainEqual({ name: 'phone', before: null, after: '[personal]' });
    expect(fields).toContainEqual({ name: 'assignedSellerId', before: null, after: seller.userId });
    expect(JSON.stringify(line)).not.toMatch(/Olga|4155550123/);
  });

  it('tells why one was refused, in codes', async () => {
    const seller = anActor({ role: 'seller' });
    await platform.ask(seller, LEAD, { phone: 'no number of Olga Ivanova' });
    const line = await lineOf(seller, 'leadCreate');
    expect(line).toMatchObject({ outcome: 'REFUSED', changes: [], detail: { errors: [{ field: 'input.phone' }] } });
    expect(JSON.stringify(line)).not.toContain('Olga');
  });

  it('X-25: flags what an administrator does by a right that is not of his list, and not what is', async () => {
    const admin = anActor({ role: 'admin' });
    await platform.ask(admin, CALL_START);
    await platform.ask(admin, 'mutation { trunkCreate(input: { name: "", kind: HUB, slotKind: AUTO, capacity: 0, idempotencyKey: "k" }) { userErrors { code } } }');
    expect(await lineOf(admin, 'callStart')).toMatchObject({ permission: 'calls:start', override: true });
    expect(await lineOf(admin, 'trunkCreate')).toMatchObject({ permission: 'trunks:create', override: false });
  });
});
