import { AppError } from './errors.js';

export type Now = () => Date;
export const systemNow: Now = () => new Date();

/**
 * Runs `work` with a signal that aborts after `ms`, and rejects with UNAVAILABLE when it has not ended by then,
 * whether or not `work` minds the signal. An outer signal aborts it too.
 */
export async function withDeadline<T>(
  ms: number,
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const stop = (error: Error): void => {
    controller.abort(error);
    late.reject(error);
  };
  const timer = setTimeout(() => stop(new AppError('UNAVAILABLE', `${what} took longer than ${ms} ms`)), ms);
  const onOuter = (): void => stop(new AppError('UNAVAILABLE', `${what} was cancelled`, {}, { cause: outer?.reason }));
  if (outer?.aborted) onOuter();
  else outer?.addEventListener('abort', onOuter, { once: true });
  try {
    return await Promise.race([work(controller.signal), late.promise]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onOuter);
    late.promise.catch(() => undefined);
  }
}

/** Waits; ends early with the signal's reason when it is aborted. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const done = (): void => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
