import type { EventEmitter } from 'node:events';

/** A request to the other process, its answer, or a notice without one. */
type Packet =
  | { readonly ask: number; readonly name: string; readonly value: unknown }
  | { readonly answer: number; readonly value?: unknown; readonly error?: string }
  | { readonly notice: string; readonly value: unknown };

interface Channel extends Pick<EventEmitter, 'on'> {
  send?(packet: Packet): unknown;
}

/** Questions and answers over a child process's channel. A process that has died answers nothing. */
export function talkTo(channel: Channel, answers: Record<string, (value: never) => unknown>, notices: Record<string, (value: never) => void> = {}) {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  const send = (packet: Packet): void => void channel.send?.(packet);
  channel.on('message', (packet: Packet) => {
    if ('notice' in packet) return notices[packet.notice]?.(packet.value as never);
    if ('answer' in packet) {
      const waiting = open.get(packet.answer);
      open.delete(packet.answer);
      if (packet.error === undefined) waiting?.resolve(packet.value);
      else waiting?.reject(new Error(packet.error));
      return;
    }
    void (async () => answers[packet.name]?.(packet.value as never))().then(
      (value) => send({ answer: packet.ask, value }),
      (error: Error) => send({ answer: packet.ask, error: error.message }),
    );
  });
  return {
    ask<T>(name: string, value: unknown): Promise<T> {
      const answer = Promise.withResolvers<unknown>();
      open.set((last += 1), answer);
      send({ ask: last, name, value });
      return answer.promise as Promise<T>;
    },
    tell: (notice: string, value: unknown): void => send({ notice, value }),
  };
}
