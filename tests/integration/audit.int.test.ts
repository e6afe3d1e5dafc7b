import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { startInProcessPlatform, type InProcessPlatform } from './support/platform.js';

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
