import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ResolvedGrants } from '@vss/auth';
import { silentLogger } from '@vss/runtime';
import { startSessionWatch } from '@vss/gateway';
import { composeGraph, inProcessSources, openStream } from '../../testing/graph.js';
import { aUser, serveTestGateway, type Served } from '../../testing/serve.js';
import { signIn } from '../../testing/socket-client.js';

interface State {
  readonly role: string;
  readonly permissionVersion: number;
  readonly rightsVersion: number;
  readonly teamIds: readonly string[];
  readonly rights: ResolvedGrants;
}

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const rightsTo = (...actions: string[]): ResolvedGrants => ({ allow: Object.fromEntries(actions.map((action) => [`words:${action}`, 'ALL'])), deny: [] });
const until = (what: () => unknown): Promise<unknown> => vi.waitFor(what, { timeout: 5_000, interval: 5 });
const SAID = 'subscription { said { n secret } }';

/** A graph whose identity knows of sessions, and a broker that answers as long as it is told to. */
async function open() {
  const states = new Map<string, State>();
  const asked: string[][] = [];
  const world = { isBrokerThere: true, isIdentityThere: true, place: 'queue 1' };
  const graph = composeGraph([
    {
      name: 'identity',
      sdl: `
        type Query { sessionStates(ids: [ID!]!): [SessionState!]! @access(permission: "sessions:confirm", scope: ALL) }
        type SessionState @access(permission: "sessions:confirm") { id: ID! role: String! permissionVersion: Int! rightsVersion: Int! teamIds: [ID!]! rights: JSON! }
        scalar JSON
      `,
      resolvers: {
        Query: {
          sessionStates: (_parent, { ids }) => {
            if (!world.isIdentityThere) throw new Error('down');
            asked.push(ids as string[]);
            return (ids as string[]).flatMap((id) => (states.has(id) ? [{ id, ...states.get(id) }] : []));
          },
        },
      },
    },
    {
      name: 'words',
      sdl: `
        type Query { count: Int @access(permission: "public") }
        type Subscription { said: Said! @access(permission: "words:read") }
        type Said @access(permission: "words:read") { n: Int secret: String @access(permission: "words:hear") }
      `,
      resolvers: { Subscription: { said: { subscribe: (_parent, _args, context) => openStream(context.graph), resolve: (event) => event } } },
    },
  ]);
  const served: Served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph) });
  stops.push(() => served.close());
  const heard = Promise.withResolvers<void>();
  const watch = startSessionWatch({
    check: () => (world.isBrokerThere ? Promise.resolve(world.place) : Promise.reject(new Error('silence'))),
    gateway: {
      confirmSessions: () => served.gateway.confirmSessions(),
      hearsNews(isHeard) {
        served.gateway.hearsNews(isHeard);
        if (isHeard) heard.resolve();
      },
    },
    logger: silentLogger,
    everyMs: 10,
    silenceMs: 50,
  });
  stops.push(() => watch.stop());
  /** A token of a session that stands. */
  const tokenOf = (sessionId: string, actions: string[] = ['read', 'hear']): Promise<string> => {
    const actor = aUser({ sessionId, userId: `user of ${sessionId}`, grants: rightsTo(...actions) });
    states.set(sessionId, { role: actor.role, permissionVersion: actor.permissionVersion, rightsVersion: 0, teamIds: [], rights: rightsTo(...actions) });
    return served.token(actor);
  };
  const connect = async (sessionId: string) => signIn(served.url, await tokenOf(sessionId));
  /** How a request with this token fares. */
  const request = async (token: string): Promise<unknown> => {
    const { data, errors } = await served.query('{ count }', { token });
    return data === undefined ? errors?.[0]?.extensions['reason'] : 'answered';
  };
  return { served, graph, states, asked, world, tokenOf, connect, request, heard: heard.promise };
}

describe('a gateway that hears nothing from the broker', () => {
  it('asks identity who may stay, and closes whose session has ended', async () => {
    const { graph, states, asked, world, connect, served } = await open();
    const [staying, leaving] = [await connect('ses_1'), await connect('ses_2')];
    staying.subscribe('1', SAID);
    await until(() => expect(graph.streams.size).toBe(1));
    const before = asked.length;
    world.isBrokerThere = false;
    await until(() => expect(asked.length).toBeGreaterThan(before + 1));
    expect(asked.at(-1)?.toSorted()).toEqual(['ses_1', 'ses_2']);
    states.delete('ses_2');
    expect((await leaving.closed).code).toBe(4401);
    graph.emit({ n: 1, secret: 's' });
    expect((await staying.next()).payload).toMatchObject({ data: { said: { n: 1, secret: 's' } } });
    expect(served.gateway.live.connections).toBe(1);
  });

  it('finds out about other rights', async () => {
    const { graph, states, world, connect } = await open();
    const client = await connect('ses_1');
    client.subscribe('1', SAID);
    await until(() => expect(graph.streams.size).toBe(1));
    world.isBrokerThere = false;
    states.set('ses_1', { role: 'operator', permissionVersion: 2, rightsVersion: 0, teamIds: [], rights: rightsTo('read') });
    // This stream cannot be taken up at its place: the client is told to.
    expect(await client.next()).toMatchObject({ type: 'error', payload: [{ extensions: { reason: 'RIGHTS_CHANGED' } }] });
    client.subscribe('2', SAID);
    await until(() => expect(graph.streams.size).toBe(1));
    graph.emit({ n: 2, secret: 's' });
    expect((await client.next()).payload).toMatchObject({ data: { said: { n: 2, secret: null } } });
  });

  it('closes everybody where identity does not answer either, and lets them in again', async () => {
    const { world, connect, served } = await open();
    const client = await connect('ses_1');
    world.isIdentityThere = false;
    world.isBrokerThere = false;
    expect((await client.closed).code).toBe(1013);
    await until(() => expect(served.gateway.live.connections).toBe(0));
    world.isIdentityThere = true;
    const again = await connect('ses_1');
    again.subscribe('1', '{ count }');
    expect(await again.next()).toMatchObject({ type: 'next' });
  });

  it('asks once more when the broker is back, about what it missed, and then no more', async () => {
    const { states, asked, world, connect } = await open();
    const client = await connect('ses_1');
    world.isBrokerThere = false;
    const before = asked.length;
    await until(() => expect(asked.length).toBeGreaterThan(before));
    world.isBrokerThere = true;
    states.delete('ses_1');
    expect((await client.closed).code).toBe(4401);
  });
});

describe('a token that is not of a connection', () => {
  it('is refused while nothing is heard, as soon as its session has ended', async () => {
    const { states, world, tokenOf, request } = await open();
    world.isBrokerThere = false;
    const [staying, leaving] = [await tokenOf('ses_1'), await tokenOf('ses_2')];
    expect(await Promise.all([request(staying), request(leaving)])).toEqual(['answered', 'answered']);
    states.delete('ses_2');
    await until(async () => expect(await request(leaving)).toBe('SESSION_ENDED'));
    expect(await request(staying)).toBe('answered');
  });

  it('from before the gateway listened is asked about once, and refused where its session has ended meanwhile', async () => {
    const { states, asked, heard, tokenOf, request } = await open();
    await heard;
    const [standing, ended] = [await tokenOf('ses_1'), await tokenOf('ses_2')];
    states.delete('ses_2');
    expect([await request(standing), await request(ended)]).toEqual(['answered', 'SESSION_ENDED']);
    expect(asked.flat()).toEqual(['ses_1', 'ses_2']);
    for (let n = 0; n < 5; n++) expect([await request(standing), await request(ended)]).toEqual(['answered', 'SESSION_ENDED']);
    expect(asked.flat()).toEqual(['ses_1', 'ses_2']);
  });

  it('is asked about again where news come to another place than before: some may have been missed between', async () => {
    const { states, world, tokenOf, request } = await open();
    const token = await tokenOf('ses_1');
    expect(await request(token)).toBe('answered');
    states.delete('ses_1');
    world.place = 'queue 2';
    await until(async () => expect(await request(token)).toBe('SESSION_ENDED'));
  });

  it('is not taken where nobody can say whether its session stands, and is once somebody can', async () => {
    const { world, tokenOf, request } = await open();
    [world.isBrokerThere, world.isIdentityThere] = [false, false];
    const token = await tokenOf('ses_1');
    await until(async () => expect(await request(token)).toBe('UNCONFIRMED'));
    world.isIdentityThere = true;
    expect(await request(token)).toBe('answered');
  });
});
