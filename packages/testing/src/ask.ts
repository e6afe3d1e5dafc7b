import { newTraceId } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { within } from './wait.js';

/** An answer as a client would read it. */
export interface Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- its shape is the query's
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] | undefined; readonly extensions?: Record<string, unknown> | undefined }[];
}

/** What is needed of a subgraph; the real one is `Subgraph` of @vss/graphql, which this package must not depend on. */
export interface Askable<Scope = never> {
  scopeFor(request: { actor: Actor; traceId: string }): Scope;
  execute(request: { query: string; variables?: Record<string, unknown>; scope: Scope }): Promise<object>;
  subscribe(request: { query: string; variables?: Record<string, unknown>; scope: Scope }): Promise<object>;
}

/** Sends an operation to a subgraph in this process, through its guards, as the gateway does. */
export async function ask<Scope>(subgraph: Askable<Scope>, actor: Actor, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const scope = subgraph.scopeFor({ actor, traceId: newTraceId() });
  const result = await subgraph.execute({ query, variables, scope });
  return JSON.parse(JSON.stringify(result)) as Answer;
}

export interface LiveAnswers {
  /** The next event; rejects when none has come by the deadline, or the stream has ended. */
  next(deadlineMs?: number): Promise<Answer>;
  return(): Promise<void>;
}

/** Opens a live stream on a subgraph in this process. Rejects with the first error when it is refused. */
export async function subscribeTo<Scope>(subgraph: Askable<Scope>, actor: Actor, query: string, variables: Record<string, unknown> = {}): Promise<LiveAnswers> {
  const scope = subgraph.scopeFor({ actor, traceId: newTraceId() });
  const opened = (await subgraph.subscribe({ query, variables, scope })) as AsyncIterableIterator<Answer> | Answer;
  if (!(Symbol.asyncIterator in opened)) {
    const [error] = opened.errors ?? [];
    throw Object.assign(new Error(error?.message ?? 'refused'), { extensions: error?.extensions });
  }
  return {
    async next(deadlineMs = 5_000) {
      const event = await within(deadlineMs, 'An event', opened.next());
      if (event.done) throw new Error('The stream has ended');
      return JSON.parse(JSON.stringify(event.value)) as Answer;
    },
    async return() {
      await opened.return?.();
    },
  };
}
