import { beforeAll, expect, it } from 'vitest';
import { Args, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Orm } from '@vss/db';
import type { PositionedMessage } from '@vss/events';
import { silentLogger } from '@vss/runtime';
import { anActor, ask, subscribeTo } from '@vss/testing';
import { Access, buildSubgraph, createSubgraph, LiveArgs, type LiveFields, type Scope, type Subgraph } from './index.js';

/** A tail that never has an event but those pushed, and counts who reads it. */
function createTail() {
  const open = new Set<{ wake?: () => void }>();
  const events: PositionedMessage[] = [];
  return {
    open,
    asked: [] as (bigint | undefined)[],
    push: (position: bigint, text: string) => {
      events.push({ position, type: 'demo.word.said', at: '2026-01-01T00:00:00.000Z', payload: text } as PositionedMessage);
      for (const reader of open) reader.wake?.();
    },
    position: async () => 41n,
    tail({ after }: { after?: bigint }): AsyncIterableIterator<PositionedMessage> {
      this.asked.push(after);
      const reader: { wake?: () => void } = {};
      open.add(reader);
      let at = 0;
      return {
        async next() {
          while (open.has(reader)) {
            const value = events[at];
            at += 1;
            if (value) return { value, done: false };
            at -= 1;
            await new Promise<void>((resolve) => (reader.wake = resolve));
          }
          return { value: undefined, done: true };
        },
        async return() {
          open.delete(reader);
          reader.wake?.();
          return { value: undefined, done: true };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

@Resolver()
class WordResolver {
  @Access('public')
  @Query(() => String, { description: 'Where the stream stands.' })
  cursor(@Ctx() scope: Scope): Promise<string> {
    return scope.live.cursor('words')();
  }

  @Access('slots:read')
  @Subscription(() => String, {
    description: 'Words.',
    subscribe: ({ args, context }: { args: LiveArgs; context: Scope }) =>
      context.live.stream({
        stream: 'words',
        types: ['demo.word.*'],
        after: args.after,
        accept({ payload }) {
          if (payload === 'bug') throw new Error('password is hunter2');
          return payload !== 'secret';
        },
        map: ({ payload }) => ({ word: payload as string }),
      }),
  })
  said(@Root() update: LiveFields & { word: string }, @Args(() => LiveArgs) _args: LiveArgs): string {
    return `${update.word} ${update.cursor} ${update.at.getUTCFullYear()} ${update.type}`;
  }
}

const operator = anActor();
let subgraph: Subgraph;
let tail: ReturnType<typeof createTail>;

beforeAll(async () => {
  tail = createTail();
  // A reader needs no database of its own: its center is asked for when an event is mapped to a row.
  const orm = { em: { fork: () => ({ setFilterParams: () => undefined, clear: () => undefined }) } } as unknown as Orm;
  const build = await buildSubgraph({ name: 'words', resolvers: [WordResolver], orphanedTypes: [] });
  subgraph = createSubgraph({ name: 'words', build, orm, logger: silentLogger, live: { schema: 'words', tail } });
});

const SAID = 'subscription($after: Cursor) { said(after: $after) }';

it('leaves no reader behind after 500 clients that came and went', async () => {
  for (let client = 0; client < 500; client += 1) {
    const live = await subscribeTo(subgraph, operator, SAID);
    const waiting = live.next().catch((error: Error) => error.message);
    await live.return();
    expect(await waiting).toBe('The stream has ended');
  }
  expect(tail.open.size).toBe(0);
});

it('begins behind the cursor that a query gave', async () => {
  const { data } = await ask(subgraph, operator, '{ cursor }');
  const live = await subscribeTo(subgraph, operator, SAID, { after: data.cursor });
  expect(tail.asked.at(-1)).toBe(41n);
  await live.return();
});

it('passes over what may not be seen, and ends with a masked error where it cannot tell', async () => {
  const live = await subscribeTo(subgraph, operator, SAID);
  tail.push(42n, 'secret');
  tail.push(43n, 'hello');
  const cursor = Buffer.from('words.words@43').toString('base64url');
  expect((await live.next()).data).toEqual({ said: `hello ${cursor} 2026 demo.word.said` });
  tail.push(44n, 'bug');
  const { errors } = await live.next();
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(JSON.stringify(errors)).not.toContain('hunter2');
  await expect(live.next()).rejects.toThrow('ended');
  expect(tail.open.size).toBe(0);
});
