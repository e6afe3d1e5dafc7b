import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import type { Pool } from 'pg';
import { Args, Ctx, Directive, Field, ID, Int, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, createTokenVerifier, GATEWAY_AUDIENCE, GATEWAY_ISSUER, generateSigningKey, subgraphAudience, type Actor, type SigningKey } from '@vss/auth';
import type { Orm } from '@vss/db';
import { createInProcessBroker, createOutboxTail, createRelay } from '@vss/events';
import { Access, buildSubgraph, createSubgraph, CursorScalar, Instant, LiveArgs, serveSubgraph, type BuiltSubgraph, type LiveFields, type Scope, type ServedSubgraph, type Subgraph } from '@vss/graphql';
import { silentLogger } from '@vss/runtime';
import { startTestDatabase } from '@vss/testing';

const SCHEMA = 'words';

@Directive('@key(fields: "id")')
@Access('words:read')
@ObjectType({ description: 'A word.', simpleResolvers: true })
class Word {
  @Field(() => ID, { description: 'Its number, as text.' })
  id: string;

  @Access('words:hear')
  @Field(() => String, { nullable: true, description: 'For who may hear secrets.' })
  secret?: string | null;
}

@Access('authenticated')
@ObjectType({ description: 'A word, as it is said.', simpleResolvers: true })
class WordUpdate {
  @Field(() => CursorScalar, { description: 'Place.' })
  cursor: string;

  @Field(() => Instant, { description: 'When.' })
  at: Date;

  @Field(() => String, { description: 'Type.' })
  type: string;

  @Field(() => Int, { description: 'Its number.' })
  n: number;

  @Field(() => String, { description: 'Of whom the answer was made.' })
  heardBy: string;

  @Field(() => Word, { nullable: true, description: 'The word.' })
  word?: Word | null;
}

interface Said {
  readonly n: number;
}

@Resolver()
class WordResolver {
  @Access('public')
  @Query(() => String, { description: 'Where the stream stands.' })
  wordCursor(@Ctx() scope: Scope): Promise<string> {
    return scope.live.cursor('said')();
  }

  @Access('words:read')
  @Subscription(() => WordUpdate, {
    description: 'Words.',
    subscribe: ({ args, context }: { args: LiveArgs; context: Scope }) =>
      context.live.stream({
        stream: 'said',
        types: ['words.word.said'],
        after: args.after,
        accept: () => true,
        map: ({ payload }) => ({ n: (payload as Said).n }),
      }),
  })
  said(@Root() update: LiveFields & Said, @Args(() => LiveArgs) _args: LiveArgs, @Ctx() { actor }: Scope): WordUpdate {
    return { ...update, heardBy: actor.userId, word: { id: String(update.n), secret: `secret of ${update.n}` } };
  }
}

@Directive('@key(fields: "id")')
@Access('words:read')
@ObjectType('Word', { description: 'A word.', simpleResolvers: true })
class WordStub {
  @Field(() => ID, { description: 'Its number, as text.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'What somebody remarked.' })
  remark?: string | null;
}

@Resolver()
class RemarkResolver {
  @Access('public')
  @Query(() => Int, { description: 'How many remarks there are.' })
  remarkCount(): number {
    return 0;
  }
}

/** Two subgraphs of ours, one with a real outbox, in this process but behind HTTP, at addresses that stay. */
export interface Words {
  readonly supergraphSdl: string;
  /** Files that gateways of their own read. */
  readonly supergraphFile: string;
  readonly gatewayKeyFile: string;
  readonly gatewayKey: SigningKey;
  /** Public keys of the access tokens. */
  readonly jwksUrl: string;
  readonly urls: Readonly<Record<string, string>>;
  /** Live streams that gateways have open at the outbox. */
  readonly openStreams: () => number;
  /** Entities that were asked for. */
  readonly remarked: string[];
  token(actor: Actor, lifetimeSeconds?: number): Promise<string>;
  /** Says the words of these numbers in one transaction, and waits until they have their places. */
  say(from: number, to?: number): Promise<void>;
  /** Something that no stream shows. */
  sayNothing(): Promise<void>;
  /** Forgets what was said before, as if it had been long ago. */
  forgetAll(): Promise<void>;
  stopSubgraph(): Promise<void>;
  startSubgraph(): Promise<void>;
  stop(): Promise<void>;
}

export async function startWords(): Promise<Words> {
  const folder = await mkdtemp(join(tmpdir(), 'vss-words-'));
  await writeFile(join(folder, '20261126T0001-init.sql'), 'select 1;');
  const database = await startTestDatabase({ migrations: [{ schema: SCHEMA, folder }] });
  const pool = database.pool(10);
  const relay = createRelay({ pool, schema: SCHEMA, broker: createInProcessBroker({ logger: silentLogger }), logger: silentLogger });
  await relay.start();
  const [accessKey, gatewayKey] = await Promise.all([generateSigningKey(), generateSigningKey()]);
  const remarked: string[] = [];
  const permissions = new Set(['words:read', 'words:hear']);
  const words = await buildSubgraph({ name: SCHEMA, resolvers: [WordResolver], orphanedTypes: [Word], permissions });
  const remarks = await buildSubgraph({
    name: 'remarks',
    resolvers: [RemarkResolver],
    orphanedTypes: [WordStub],
    permissions,
    references: {
      Word: ({ id }: { id: string }) => {
        remarked.push(id);
        return { id, remark: `remark on ${id}` };
      },
    },
  });
  const running = new Map<string, ServedSubgraph>();
  const ports = new Map<string, number>();
  let tail: ReturnType<typeof createOutboxTail> | undefined;
  let open = 0;

  function liveSubgraph(): Subgraph {
    const current = (tail = createOutboxTail({ pool, schema: SCHEMA }));
    const counted: typeof current.tail = ((options: never) => {
      open++;
      const stream = current.tail(options);
      let isOver = false;
      const over = (): void => {
        if (!isOver) open--;
        isOver = true;
      };
      return Object.assign(Object.create(stream), { next: async () => { const step = await stream.next(); if (step.done) over(); return step; }, return: async () => { over(); return stream.return?.(); } });
    }) as never;
    return createSubgraph({ name: SCHEMA, build: words, orm: ormOver(pool), logger: silentLogger, live: { schema: SCHEMA, tail: { position: current.position, tail: counted } } });
  }

  async function serve(name: string, subgraph: Subgraph): Promise<void> {
    const verifier = createTokenVerifier({ keys: { jwks: { keys: [gatewayKey.publicJwk] } }, issuer: GATEWAY_ISSUER, audience: subgraphAudience(name) });
    const served = await serveSubgraph({ subgraph, host: '127.0.0.1', port: ports.get(name) ?? 0, verifier, logger: silentLogger, drainMs: 200 });
    running.set(name, served);
    ports.set(name, Number(new URL(served.url).port));
  }

  await serve(SCHEMA, liveSubgraph());
  await serve('remarks', createSubgraph({ name: 'remarks', build: remarks, orm: ormOver(pool), logger: silentLogger }));
  const urls = Object.fromEntries([...running].map(([name, { url }]) => [name, url]));
  const supergraphSdl = compose({ words, remarks }, urls);
  const jwks = createServer((_request, response) => response.end(JSON.stringify({ keys: [accessKey.publicJwk] })));
  const [supergraphFile, gatewayKeyFile] = [join(folder, 'supergraph.graphql'), join(folder, 'gateway-key.json')];
  await writeFile(supergraphFile, supergraphSdl);
  await writeFile(gatewayKeyFile, JSON.stringify(gatewayKey.privateJwk));
  const jwksUrl = `http://127.0.0.1:${await listen(jwks)}/jwks.json`;

  const stopSubgraph = async (): Promise<void> => {
    await running.get(SCHEMA)?.close();
    await tail?.stop();
  };
  return {
    supergraphSdl,
    supergraphFile,
    gatewayKeyFile,
    gatewayKey,
    jwksUrl,
    urls,
    openStreams: () => open,
    remarked,
    async token(actor, lifetimeSeconds = 600) {
      return (await createTokenSigner({ key: accessKey, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds }).sign(actor)).token;
    },
    async say(from, to = from) {
      await add(pool, 'words.word.said', from, to);
      await relay.idle();
    },
    async sayNothing() {
      await add(pool, 'words.nothing.said', 0, 0);
      await relay.idle();
    },
    async forgetAll() {
      await relay.idle();
      await pool.query(`delete from ${SCHEMA}.outbox where position < (select position from ${SCHEMA}.outbox_head)`);
    },
    stopSubgraph,
    startSubgraph: () => serve(SCHEMA, liveSubgraph()),
    async stop() {
      jwks.closeAllConnections();
      jwks.close();
      await stopSubgraph();
      await running.get('remarks')?.close();
      await relay.stop();
      await database.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** What a live stream needs of a database: each event has a scope of its own, and the place is read with SQL. */
const ormOver = (pool: Pool): Orm => ({ em: { fork: () => ({ setFilterParams: () => undefined, clear: () => undefined, execute: async (sql: string) => (await pool.query(sql)).rows as unknown }) }, isConnected: () => Promise.resolve(true) }) as unknown as Orm;

function compose(subgraphs: Record<string, BuiltSubgraph>, urls: Record<string, string>): string {
  const { supergraphSdl, errors } = composeServices(Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, typeDefs: parse(sdl), url: urls[name] ?? '' })));
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

async function add(pool: Pool, type: string, from: number, to: number): Promise<void> {
  await pool.query(
    `with added as (
       insert into ${SCHEMA}.outbox (id, type, version, at, center_id, aggregate_id, causation_id, trace_id, actor, payload)
       select 'msg_' || gen_random_uuid(), $1, 1, now(), null, 'word', null, 'trace', 'system', jsonb_build_object('n', n) from generate_series($2::int, $3::int) n
       returning 1)
     select pg_notify('vss_${SCHEMA}', 'added') from added limit 1`,
    [type, from, to],
  );
}

const listen = (server: Server): Promise<number> => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
