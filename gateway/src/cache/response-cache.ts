import { createHash } from 'node:crypto';
import { print, type OperationDefinitionNode } from 'graphql';
import type { Actor } from '@vss/auth';
import { createBoundedCache } from '../common/bounded-cache.js';
import { partitionOf } from '../live/stream-key.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import type { Cache } from './cache.js';
import type { CachePolicy } from './cache-hints.js';

/** An operation whose answers may be kept; worked out once. */
export interface Keepable {
  readonly policy: CachePolicy;
  /** Tells apart operations, and supergraphs. */
  readonly id: string;
}

/** The beginning of an answer without errors, up to what is said about the request itself: bytes, or text of one character a byte. */
export type AnswerHead = Buffer | string;

/** The place of one request's answer. */
export interface Place {
  readonly head: AnswerHead | undefined;
  keep(head: AnswerHead): void;
}

export interface ResponseCache {
  /** Undefined for operations that may not be kept, which then cost nothing more. */
  keepable(supergraph: LoadedSupergraph, operation: OperationDefinitionNode): Keepable | undefined;
  find(keepable: Keepable, variables: Readonly<Record<string, unknown>>, actor: Actor): Place | Promise<Place>;
}

/** Bytes of all answers that this process keeps. */
const KEPT_BYTES = 64_000_000;
const LONGEST_BYTES = 2_000_000;

interface Kept {
  readonly head: AnswerHead;
  readonly expiresAt: number;
}

/**
 * Whole answers, for as long as the schema's `@cacheControl` allows. Only who has the very same rights in the same
 * center shares one; a PRIVATE one is its user's alone. Nothing but time ends an answer.
 */
export function createResponseCache({ shared, now = Date.now }: { shared: Cache | undefined; now?: () => number }): ResponseCache {
  const own = createBoundedCache<string, Kept>(KEPT_BYTES);
  const partitions = new WeakMap<Actor, { readonly everybody: string; readonly user: string }>();

  function partition(actor: Actor, { isPrivate }: CachePolicy): string {
    let known = partitions.get(actor);
    if (!known) partitions.set(actor, (known = { everybody: partitionOf({ ...actor, userId: '' }), user: partitionOf(actor) }));
    return isPrivate ? known.user : known.everybody;
  }

  function keepHere(key: string, kept: Kept): void {
    own.set(key, kept, kept.head.length + key.length);
  }

  function place(key: string, { maxAgeS }: CachePolicy, head: AnswerHead | undefined): Place {
    return {
      head,
      keep(made) {
        if (made.length > LONGEST_BYTES) return;
        const expiresAt = now() + maxAgeS * 1_000;
        // A copy: the bytes may be part of something larger that would stay with them.
        keepHere(key, { head: typeof made === 'string' ? made : Buffer.from(made), expiresAt });
        void shared?.set(key, `${expiresAt} ${typeof made === 'string' ? made : made.toString('latin1')}`, maxAgeS * 1_000);
      },
    };
  }

  async function fromShared(cache: Cache, key: string, policy: CachePolicy): Promise<Place> {
    const text = await cache.get(key);
    const end = text?.indexOf(' ') ?? -1;
    const expiresAt = Number(text?.slice(0, end));
    if (text === undefined || !(expiresAt > now())) return place(key, policy, undefined);
    const head = Buffer.from(text.slice(end + 1), 'latin1');
    keepHere(key, { head, expiresAt });
    return place(key, policy, head);
  }

  return {
    keepable(supergraph, operation) {
      const policy = supergraph.cacheHints.policyOf(operation);
      return policy && { policy, id: digest(`${supergraph.id}\n${print(operation)}`) };
    },
    find({ id, policy }, variables, actor) {
      const key = `answer:${digest(JSON.stringify([id, partition(actor, policy), variables]))}`;
      const kept = own.get(key);
      if (kept && kept.expiresAt > now()) return place(key, policy, kept.head);
      return shared ? fromShared(shared, key, policy) : place(key, policy, undefined);
    },
  };
}

/** For who wants none. */
export const noResponseCache: ResponseCache = { keepable: () => undefined, find: () => ({ head: undefined, keep: () => undefined }) };

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
