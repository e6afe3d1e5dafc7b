import type { Message } from './message.js';

export interface Subscription {
  /** Takes no more messages and waits for the handlers under way. */
  stop(): Promise<void>;
  /**
   * Resolves when the broker has answered that messages still reach this member, with the name of the place that they
   * come to: where a temporary group has another place than before, it may have missed some in between. Where messages
   * do not reach it, rejects or takes long.
   */
  check(): Promise<string>;
}

/** Handles one message; a rejection is a failed attempt. The signal aborts when the process stops. */
export type MessageHandler = (message: Message, signal: AbortSignal) => Promise<void>;

/**
 * Carries messages between processes, at least once and, for one aggregate within one group, in order. A message
 * whose handler has failed `attempts` times is taken out and handed to the group's `onDead`; only when that has
 * resolved does the next one of its aggregate follow.
 */
export interface Broker {
  /** Resolves once the message is safe: with the in-process broker when every durable group has handled it. */
  publish(message: Message): Promise<void>;
  /** Each group gets every event whose type matches one of the patterns (`telephony.call.*`, `#` for all). */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Commands to one hub, one slot's in order. */
  consumeCommands(options: { hubId: string; handler: MessageHandler; onDead: DeadLetterHandler }): Promise<Subscription>;
  /** True while messages can be sent. */
  isConnected(): boolean;
  close(): Promise<void>;
}

export type DeadLetterHandler = (message: Message, reason: string, attempts: number) => Promise<void>;

export interface SubscribeOptions {
  /** Name of the consumer group; its members share the work. */
  readonly group: string;
  readonly patterns: readonly string[];
  /** The group has this one member and goes with it: what comes while nobody listens is not kept. Durable where absent. */
  readonly isTemporary?: boolean;
  readonly handler: MessageHandler;
  readonly onDead: DeadLetterHandler;
}
