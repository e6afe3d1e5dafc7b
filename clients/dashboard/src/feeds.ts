import type { Client } from '@urql/core';
import type { VssClient } from '@vss/sdk';
import { createFeed, type Feed } from './feed.js';
import { CallChangesDocument, CallFeedDocument, SlotChangesDocument, SlotWallDocument, type CallChangesSubscription, type CallFeedQuery, type SlotChangesSubscription, type SlotWallQuery } from './generated/operations.js';
import { ask, askAll } from './graph.js';

export type FeedCall = CallFeedQuery['calls']['nodes'][number];
export type WallSlot = SlotWallQuery['slots']['nodes'][number];

/** What the platform tells by itself: each is followed once, however many parts of the page show it. */
export interface Feeds {
  readonly calls: Feed<FeedCall>;
  readonly slots: Feed<WallSlot>;
  close(): void;
}

const CALLS_KEPT = 100;

/** Calls that go on first, then the newest. */
const byNews = (a: FeedCall, b: FeedCall): number => Number(a.status === 'ENDED') - Number(b.status === 'ENDED') || b.startedAt.localeCompare(a.startedAt);

/** `withSlot`: sellers may not see slots, so that they are not asked for. */
export function createFeeds(vss: VssClient, graph: Client, { withSlot }: { withSlot: boolean }): Feeds {
  const calls = createFeed<FeedCall, CallChangesSubscription>({
    async load() {
      const { calls: page } = await ask(graph, CallFeedDocument, { first: CALLS_KEPT, withSlot });
      return { items: page.nodes, cursor: page.liveCursor ?? null };
    },
    follow: (after) => vss.subscribe(CallChangesDocument, { after, withSlot }),
    itemOf: ({ callUpdated }) => callUpdated.call,
    order: byNews,
    limit: CALLS_KEPT,
  });
  const slots = createFeed<WallSlot, SlotChangesSubscription>({
    async load() {
      let cursor: string | null = null;
      const items = await askAll(async (after) => {
        const { slots: page } = await ask(graph, SlotWallDocument, { after });
        // The first page's cursor is the oldest: replaying from it misses nothing of the later pages.
        cursor ??= page.liveCursor ?? null;
        return page;
      });
      return { items, cursor };
    },
    follow: (after) => vss.subscribe(SlotChangesDocument, { after }),
    // A changed slot lacks what devices tell of it; merging keeps what is shown.
    itemOf: ({ slotUpdated }) => slotUpdated.slot as WallSlot | null | undefined,
    order: (a, b) => a.number.localeCompare(b.number),
  });
  return {
    calls,
    slots,
    close() {
      calls.close();
      slots.close();
    },
  };
}
