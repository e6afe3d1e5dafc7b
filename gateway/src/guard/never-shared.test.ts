import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSigningKey, type Actor } from '@vss/auth';
import { createActorTokens, createHttpSource } from '@vss/gateway';
import { composeGraph, type Definition } from '../../testing/graph.js';
import { adminGrants, aUser, grants, operatorGrants, serveSubgraphs, serveTestGateway, type HttpSubgraphs, type Json, type Served } from '../../testing/serve.js';

/** Holds back what asks until as many ask as are waited for, so that all of them are under way at once. */
function createGate() {
  let waiting: (() => void)[] = [];
  let isOpen = true;
  return {
    close: () => void (isOpen = false),
    pass: () => (isOpen ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
    open() {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
      waiting = [];
    },
    get size() {
      return waiting.length;
    },
  };
}

const gate = createGate();
const rightsOf = ({ role, centerId, permissionVersion, grants: given }: Actor): string => JSON.stringify([role, centerId, permissionVersion, Object.keys(given.allow).toSorted().map((right) => [right, given.allow[right]]), given.deny]);
const answer = async (_parent: unknown, _args: unknown, { request }: { request: { actor: Actor } }) => {
  await gate.pass();
  return { id: 'w1', userId: request.actor.userId, rights: rightsOf(request.actor), secret: `secret of ${request.actor.userId}` };
};

const who = `type Who @access(permission: "authenticated") { userId: String rights: String secret: String @access(permission: "calls:monitor") }`;
const first: Definition = {
  name: 'first',
  sdl: `type Query { me: Who @access(permission: "authenticated") kept: Who @cacheControl(maxAge: 60) @access(permission: "authenticated") mine: Who @cacheControl(maxAge: 60, scope: PRIVATE) @access(permission: "authenticated") place: Place @access(permission: "authenticated") }
    type Place @key(fields: "id") @access(permission: "authenticated") { id: ID! }
    ${who}`,
  resolvers: { Query: { me: answer, kept: answer, mine: answer, place: () => ({ id: 'p1' }) } },
};
const second: Definition = {
  name: 'second',
  sdl: `type Place @key(fields: "id") @access(permission: "authenticated") { id: ID! seenBy: Seen } type Seen @access(permission: "authenticated") { userId: String rights: String secret: String @access(permission: "calls:monitor") }`,
  resolvers: { Place: { __resolveReference: ({ id }) => ({ id }), seenBy: answer } },
};

const VARIANTS: Partial<Actor>[] = [
  {},
  { centerId: 'ctr_2' },
  { permissionVersion: 2 },
  { role: 'seller' },
  { grants: grants({ ...operatorGrants.allow, 'calls:monitor': 'OWN' }) },
  { grants: grants({ ...operatorGrants.allow, 'calls:monitor': 'CENTER' }) },
  { grants: grants(operatorGrants.allow, ['calls:monitor']) },
  { role: 'admin', grants: adminGrants },
  { role: 'admin', grants: { ...adminGrants, deny: ['calls:monitor'] } },
];
/** Two users of each kind of rights. */
const ACTORS = VARIANTS.flatMap((rights, at) => ['a', 'b'].map((letter) => aUser({ ...rights, userId: `${letter}${at}`, sessionId: `ses_${letter}${at}` })));

let served: Served;
let subgraphs: HttpSubgraphs;
const tokens = new Map<Actor, string>();
beforeAll(async () => {
  const [graph, key] = [composeGraph([first, second]), await generateSigningKey()];
  subgraphs = await serveSubgraphs(graph, key);
  const sources = Object.entries(subgraphs.urls).map(([name, url]) => createHttpSource({ name, url, tokens: createActorTokens({ subgraph: name, key }) }));
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources, signingKey: key, settings: { resilience: { deadlineMs: 20_000 } } });
  for (const actor of ACTORS) tokens.set(actor, await served.token(actor));
});
afterAll(async () => {
  await served.close();
  await subgraphs.close();
});

const ask = async (actor: Actor, query: string): Promise<Json> => (await served.query(query, { token: tokens.get(actor) ?? '' })).data;
const monitors = ({ grants: { allow, deny } }: Actor): boolean => !deny.includes('calls:monitor') && ('calls:monitor' in allow || '*:*' in allow);

describe('clients of different rights, who ask for the same at the same moment', () => {
  it.each([
    ['of one subgraph', '{ me { userId rights secret } }', ({ me }: Json) => me, true],
    ['of two', '{ place { id seenBy { userId rights secret } } }', ({ place }: Json) => place.seenBy, true],
    ['that may be kept for all with equal rights', '{ kept { userId rights secret } }', ({ kept }: Json) => kept, false],
    ['that may be kept for each', '{ mine { userId rights secret } }', ({ mine }: Json) => mine, true],
  ])('never share an answer %s', async (_what, query, seenIn, isOwn) => {
    // The first time the operation is new; later it is known, planned, compiled and perhaps kept.
    for (let round = 0; round < 4; round++) {
      gate.close();
      const answers = ACTORS.map(async (actor) => ({ actor, data: await ask(actor, query) }));
      await Promise.race([Promise.all(answers), untilQuiet()]);
      gate.open();
      for (const { actor, data } of await Promise.all(answers)) {
        const seen = seenIn(data) as Record<string, string | null>;
        const expected = { rights: rightsOf(actor), userId: isOwn ? actor.userId : seen['userId'], secret: monitors(actor) ? `secret of ${seen['userId']}` : null };
        expect(seen).toEqual(expected);
      }
    }
  });
});

/** Resolves when no more requests come to the gate than stand there already. */
async function untilQuiet(): Promise<void> {
  for (let before = -1; gate.size === 0 || gate.size !== before; ) {
    before = gate.size;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
