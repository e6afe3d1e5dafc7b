import type { Frame } from './frame.js';

/** Who a frame is for: one operation of a connection. */
export interface Addressee {
  /** Told that a frame of its was given up, because the client reads too slowly. */
  drop(): void;
}

export interface OutboxLimits {
  /** Events that wait for one slow client. */
  readonly events: number;
  /** About how many bytes they may be together. */
  readonly bytes: number;
}

interface Entry<A> {
  readonly to: A;
  readonly frame: Frame;
}

/** What waits for one client whose socket is full, in order and bounded by count and bytes: the oldest give way. */
export class Outbox<A extends Addressee> {
  #entries: Entry<A>[] = [];
  #bytes = 0;
  readonly #limits: OutboxLimits;

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  add(to: A, frame: Frame): void {
    this.#entries.push({ to, frame });
    this.#bytes += frame.size;
    // The newest stays, however large: else a client could wait for it for ever.
    while (this.#entries.length > 1 && (this.#entries.length > this.#limits.events || this.#bytes > this.#limits.bytes)) this.shift()?.to.drop();
  }

  shift(): Entry<A> | undefined {
    const entry = this.#entries.shift();
    if (entry) this.#bytes -= entry.frame.size;
    return entry;
  }

  isWaitingFor(to: A): boolean {
    return this.#entries.some((entry) => entry.to === to);
  }

  /** Forgets what waits for one operation, and gives the first of it. */
  remove(to: A): Frame | undefined {
    const first = this.#entries.find((entry) => entry.to === to)?.frame;
    this.#entries = this.#entries.filter((entry) => entry.to !== to);
    this.#bytes = this.#entries.reduce((sum, { frame }) => sum + frame.size, 0);
    return first;
  }
}
