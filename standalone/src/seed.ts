import type { Crm } from '@vss/crm';
import { systemActor, type Actor } from '@vss/auth';
import { executeOnSubgraph, type Subgraph } from '@vss/graphql';
import type { Identity } from '@vss/identity';
import type { Operations } from '@vss/operations';
import { delay, newTraceId, StartError } from '@vss/runtime';

export const DEMO_USERS = ['admin', 'operator', 'seller', 'supervisor'] as const;
/** Makes the calls that go on by themselves; nobody signs in as this one. */
export const TRAFFIC_USER = 'demo-traffic';

const NAMES: Record<(typeof DEMO_USERS)[number], string> = { admin: 'Alex Admin', operator: 'Olga Operator', seller: 'Sam Seller', supervisor: 'Sofia Supervisor' };
const CLIENTS = ['Ada Byron', 'Grace Murray', 'Edsger Rotterdam', 'Barbara Huber', 'Donald Ervin', 'Radia Spanning', 'Alan Bletchley', 'Hedy Kiesler'];

/** The center and its people. What is there already is left alone, but for the demo users' password when one is set. */
export async function seedPeople(options: { operations: Operations; identity: Identity; password: string; resetPassword: boolean; trafficPassword: string }): Promise<{ centerId: string; trafficUserId: string; sellerId: string }> {
  const { operations, identity, password, resetPassword, trafficPassword } = options;
  const centerId = await operations.ensureDefaultCenter({ name: 'Demo center', timeZone: 'UTC' });
  const people = await identity.ensureUsers([
    ...DEMO_USERS.map((username) => ({ username, password, role: username, displayName: NAMES[username], email: `${username}@example.com`, centerId, resetPassword })),
    { username: TRAFFIC_USER, password: trafficPassword, role: 'operator', displayName: 'Demo traffic', email: 'demo-traffic@example.com', centerId },
  ]);
  const idOf = (name: string): string => people.find(({ username }) => username === name)?.id ?? '';
  return { centerId, trafficUserId: idOf(TRAFFIC_USER), sellerId: idOf('seller') };
}

export async function seedLeads({ crm, centerId, sellerId }: { crm: Crm; centerId: string; sellerId: string }): Promise<void> {
  await crm.ensureLeads(
    centerId,
    CLIENTS.map((clientName, n) => ({ clientName, phone: `+121255501${String(10 + n)}`, source: 'demo', assignedSellerId: sellerId })),
  );
}

const TRUNKS = [
  { name: 'AUTO hub', slotKind: 'AUTO', capacity: 12 },
  { name: 'Mobile farm', slotKind: 'MF', capacity: 16 },
  { name: 'Local scripts', slotKind: 'LS', capacity: 8 },
];
const HUB_DEADLINE_MS = 10_000;
const ASK_AGAIN_MS = 50;

/** One trunk of each kind on the hub, on a platform that has none; through the graph, as an administrator would. */
export async function seedTrunks(options: { telephony: Subgraph; centerId: string; hubId: string; signal: AbortSignal }): Promise<void> {
  const { telephony, centerId, hubId, signal } = options;
  const actor = systemActor(centerId);
  const { data } = await ask(telephony, actor, '{ trunks(first: 1) { nodes { id } } }');
  if (nodesOf(data).length > 0) return;
  for (const trunk of TRUNKS) {
    const input = { ...trunk, hubId, idempotencyKey: `seed-${trunk.slotKind}` };
    const deadline = Date.now() + HUB_DEADLINE_MS;
    // The hub is known as soon as its announcement has gone through the broker.
    for (;;) {
      const { errors, data: made } = await ask(telephony, actor, 'mutation Seed($input: TrunkCreateInput!) { trunkCreate(input: $input) { userErrors { message } } }', { input });
      const refusals = [...(errors ?? []), ...((made?.['trunkCreate'] as { userErrors: { message: string }[] } | undefined)?.userErrors ?? [])];
      if (refusals.length === 0) break;
      if (Date.now() > deadline) throw new StartError(`The demo's trunks cannot be made: ${refusals.map(({ message }) => message).join('; ')}`);
      await delay(ASK_AGAIN_MS, signal);
    }
  }
}

const nodesOf = (data: Record<string, unknown> | null | undefined): unknown[] => (data?.['trunks'] as { nodes: unknown[] } | undefined)?.nodes ?? [];

const ask = (subgraph: Subgraph, actor: Actor, query: string, variables: Record<string, unknown> = {}) =>
  executeOnSubgraph(subgraph, { query, variables, scope: subgraph.scopeFor({ actor, traceId: newTraceId() }) });
