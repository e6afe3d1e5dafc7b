import type { TypedDocumentNode } from '@urql/core';
import { newIdempotencyKey } from '@vss/sdk';
import { useEffect, useRef, useState } from 'react';
import { useMutation, type UseMutationState } from 'urql';

/** Runs every `everyMs` while the page is looked at, and when it is looked at again. */
export function useEvery(everyMs: number, work: () => void): void {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => {
    const run = (): void => {
      if (!document.hidden) latest.current();
    };
    const timer = setInterval(run, everyMs);
    document.addEventListener('visibilitychange', run);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', run);
    };
  }, [everyMs]);
}

/** The newest answer that there was: a page keeps what it shows while the next one fails or is on its way. */
export function useKept<T>(data: T | undefined): T | undefined {
  const [kept, keep] = useState(data);
  if (data !== undefined && data !== kept) keep(data);
  return data ?? kept;
}

/** The present instant, told each second while `isRunning`. */
export function useClock(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}

type Keyed = { input: { idempotencyKey?: string | null } };

/**
 * A mutation that happens once. Its key is kept while it is unknown whether the platform got it: pressing the button
 * again after a lost answer repeats the same request.
 */
export function useOnce<Data, V extends Keyed>(document: TypedDocumentNode<Data, V>): [UseMutationState<Data, V>, (input: Omit<V['input'], 'idempotencyKey'>) => Promise<Data | undefined>] {
  const [state, run] = useMutation(document);
  const open = useRef<{ input: string; key: string }>(undefined);
  const send = async (input: Omit<V['input'], 'idempotencyKey'>): Promise<Data | undefined> => {
    const wanted = JSON.stringify(input);
    if (open.current?.input !== wanted) open.current = { input: wanted, key: newIdempotencyKey() };
    const { data, error } = await run({ input: { ...input, idempotencyKey: open.current.key } } as V);
    if (!error?.networkError) open.current = undefined;
    return data;
  };
  return [state, send];
}

/** Text of a form's field. */
export function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
