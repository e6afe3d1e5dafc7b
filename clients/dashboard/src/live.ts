import { useClient } from 'urql';
import { useCallback, useEffect, useState } from 'react';
import type { Client, TypedDocumentNode } from '@urql/core';

export interface Versioned {
  id: string;
  version: number;
}

export interface Snapshot<T> {
  items: T[];
  cursor: string | null | undefined;
}

/**
 * A list that is alive: a snapshot, then each change since. A change older than what is shown is passed over, so that
 * a snapshot taken late and an event that comes twice do no harm.
 */
export function useLive<T extends Versioned, Data, Variables extends { after?: string | null | undefined }>(
  load: (client: Client) => Promise<Snapshot<T>>,
  changes: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  itemOf: (data: Data) => T | null | undefined,
): { items: T[]; problem: string | undefined; patch: (id: string, change: Partial<T>) => void } {
  const client = useClient();
  const [byId, setById] = useState<ReadonlyMap<string, T>>(new Map());
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let stop = (): void => undefined;
    let ended = false;
    load(client).then(
      ({ items, cursor }) => {
        if (ended) return;
        setById(new Map(items.map((item) => [item.id, item])));
        const { unsubscribe } = client.subscription(changes, { ...variables, after: cursor ?? null } as Variables).subscribe(({ data, error }) => {
          if (error) setProblem(error.message);
          const item = data && itemOf(data);
          if (item) setById((known) => merge(known, item));
        });
        stop = unsubscribe;
      },
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      ended = true;
      stop();
    };
    // The functions and variables given are constants of the view.
  }, [client]);
  const patch = useCallback((id: string, change: Partial<T>) => {
    setById((known) => {
      const item = known.get(id);
      return item ? new Map(known).set(id, { ...item, ...change }) : known;
    });
  }, []);
  return { items: [...byId.values()], problem, patch };
}

function merge<T extends Versioned>(known: ReadonlyMap<string, T>, item: T): ReadonlyMap<string, T> {
  const shown = known.get(item.id);
  if (shown && shown.version > item.version) return known;
  return new Map(known).set(item.id, { ...shown, ...item });
}

/** The data of one answer, or its error thrown. */
export async function ask<Data, Variables extends object>(client: Client, document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  const { data, error } = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise();
  if (error) throw error;
  if (!data) throw new Error('The platform answered with no data');
  return data;
}

/** Every page of a list. */
export async function askAll<Node>(page: (after: string | null) => Promise<{ nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } }>): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes: more, pageInfo } = await page(after);
    nodes.push(...more);
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return nodes;
    after = pageInfo.endCursor;
  }
}

/** Runs now and every `everyMs` while the view is shown. */
export function useEvery(everyMs: number, work: () => void): void {
  useEffect(() => {
    work();
    const timer = setInterval(work, everyMs);
    return () => clearInterval(timer);
    // `work` may be a new function each time; what it reads is stable.
  }, [everyMs]);
}
