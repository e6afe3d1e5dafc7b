import { GraphQLError, type ExecutionResult } from 'graphql';
import { formatCursor, readCursor, type Place } from '@vss/runtime';
import type { RequestScope } from '../execute/request-scope.js';
import type { SourceAnswer } from '../sources/source.js';
import { Frame } from './frame.js';
import { RecentFrames } from './recent-frames.js';
import type { Progress, Upstream, UpstreamListener } from './upstream.js';

/** Who follows a stream. */
export interface Subscriber {
  /** Takes an event and keeps nobody waiting. */
  deliver(frame: Frame): void;
  /** There is no more; with errors, because of them. */
  end(errors?: readonly GraphQLError[]): void;
  /** Gives up what it has not handed on yet, and says what the first of it was. */
  takeBack(): Frame | undefined;
}

/** One subscriber in one stream. */
export interface Member {
  readonly subscriber: Subscriber;
  readonly scope: RequestScope;
  /** Place of the last event that it has; undefined while it has none and began nowhere in particular. */
  seen: number | undefined;
  leg: Leg | undefined;
}

/**
 * One upstream with those who follow it. A stream has one; a second one while some are given what they missed, until
 * they have caught up.
 */
interface Leg {
  readonly members: Set<Member>;
  /** Where it was opened behind; undefined: at the end. */
  readonly from: string | undefined;
  upstream: Upstream | undefined;
  isOpen: boolean;
  /** It has come to the end, so that what it says is new. */
  isLive: boolean;
  /** How far it has come, and the newest events; absent where the stream tells no places. */
  last: number | undefined;
  recent: RecentFrames | undefined;
}

/** A member for whom there is no leg yet. */
interface Waiting {
  readonly member: Member;
  readonly after: string | undefined;
  /** What `after` means, where it is a cursor of ours. Read once: many thousands may wait. */
  readonly place: Place | undefined;
  /** Called with errors where it cannot be. */
  readonly settle: (errors: readonly GraphQLError[] | undefined) => void;
}

export interface SharedStreamOptions {
  /** Whether its events tell their places and it can be opened behind any of them. */
  readonly isResumable: boolean;
  readonly openUpstream: (after: string | undefined, listener: UpstreamListener) => Upstream;
  /** The event as its members get it. Never rejects. */
  readonly complete: (event: SourceAnswer, scope: RequestScope | undefined) => Promise<ExecutionResult>;
  readonly present: (error: unknown) => GraphQLError;
  /** Nobody is left, or it has ended. */
  readonly onEmpty: () => void;
}

/** Everybody who asks the same with the same rights: one execution an event, whichever place they began at. */
export class SharedStream {
  readonly #options: SharedStreamOptions;
  readonly #legs: Leg[] = [];
  readonly #waiting = new Set<Waiting>();
  /** Name of the stream in its cursors, once it is known. */
  #name: string | undefined;
  /** The farthest place that is known to exist. */
  #known = -1;

  constructor(options: SharedStreamOptions) {
    this.#options = options;
  }

  get upstreams(): number {
    return this.#legs.length;
  }

  /** Who waits for a place is not one yet. */
  get size(): number {
    return this.#legs.reduce((sum, { members }) => sum + members.size, 0);
  }

  *members(): Generator<Member> {
    for (const { member } of this.#waiting) yield member;
    for (const { members } of this.#legs) yield* members;
  }

  /** The cursor behind which the member has nothing yet, to go on from elsewhere; undefined where there is none. */
  cursorOf({ subscriber, seen }: Member): string | undefined {
    const first = subscriber.takeBack();
    const position = first?.position === undefined ? seen : first.position - 1;
    return this.#name === undefined || position === undefined ? undefined : formatCursor({ stream: this.#name, position: BigInt(position) });
  }

  /** Resolves when the member is given what comes after its place, or with the errors for which it is not. */
  join(member: Member, after: string | undefined): Promise<readonly GraphQLError[] | undefined> {
    const place = after !== undefined && this.#options.isResumable ? readCursor(after) : undefined;
    if (place) member.seen = Number(place.position);
    return new Promise((settle) => {
      const waiting: Waiting = { member, after, place, settle };
      if (this.#isPlaced(waiting)) return;
      this.#waiting.add(waiting);
      this.#openNext();
    });
  }

  /** Gives nothing more to the member. With errors: one who still waits for his place is told them. */
  leave(member: Member, errors: readonly GraphQLError[] = []): void {
    member.leg?.members.delete(member);
    member.leg = undefined;
    for (const waiting of this.#waiting) {
      if (waiting.member !== member) continue;
      this.#waiting.delete(waiting);
      waiting.settle(errors);
    }
    this.#closeIdle();
  }

  /** Ends it for everybody. */
  end(errors?: readonly GraphQLError[]): void {
    const waiting = [...this.#waiting];
    const members = this.#legs.flatMap((leg) => [...leg.members]);
    this.#waiting.clear();
    for (const leg of this.#legs) leg.members.clear();
    this.#closeIdle();
    for (const { settle } of waiting) settle(errors ?? []);
    for (const { subscriber } of members) subscriber.end(errors);
  }

  /** Gives everybody who waits a leg, as far as there are any, and opens another for who is left. */
  #place(): void {
    for (const waiting of this.#waiting) if (this.#isPlaced(waiting)) this.#waiting.delete(waiting);
    this.#closeIdle();
    this.#openNext();
  }

  #isPlaced(waiting: Waiting): boolean {
    const leg = this.#legFor(waiting);
    if (!leg) return false;
    this.#attach(waiting.member, leg);
    waiting.settle(undefined);
    return true;
  }

  /** One at a time: whoever comes meanwhile may find that it is his too. */
  #openNext(): void {
    if (this.#waiting.size > 0 && this.#legs.every(({ isOpen }) => isOpen)) this.#open(this.#nextPlace());
  }

  #legFor({ after, place }: Waiting): Leg | undefined {
    const open = this.#legs.filter(({ isOpen }) => isOpen);
    if (!this.#options.isResumable) return open[0];
    if (after === undefined) return open.find(({ isLive }) => isLive);
    const position = this.#positionOf(place);
    // Beyond what is known to exist: only the subgraph can tell whether that place is one.
    if (position === undefined || position > this.#known) return undefined;
    const fitting = open.filter(({ recent }) => recent !== undefined && recent.floor <= position);
    return fitting.find(({ isLive }) => isLive) ?? fitting[0];
  }

  /** Undefined for what is no cursor of this stream, as far as one can tell. */
  #positionOf(place: Place | undefined): number | undefined {
    return place && (this.#name === undefined || place.stream === this.#name) ? Number(place.position) : undefined;
  }

  /** The place that serves most of those who wait: the earliest that may be replayed; the farthest, to know that it exists. */
  #nextPlace(): string | undefined {
    const [earliest, farthest] = [{ at: Infinity, after: '' }, { at: -1, after: '' }];
    for (const { after, place } of this.#waiting) {
      const at = this.#positionOf(place);
      // What wants no place, and what is not one: the subgraph's answer is for the one who asked so.
      if (after === undefined || at === undefined) return after;
      if (this.#known >= 0 && at > this.#known) {
        if (at > farthest.at) Object.assign(farthest, { at, after });
      } else if (at < earliest.at) Object.assign(earliest, { at, after });
    }
    return earliest.after || farthest.after;
  }

  #open(from: string | undefined): void {
    const leg: Leg = { members: new Set(), from, upstream: undefined, isOpen: false, isLive: false, last: undefined, recent: undefined };
    this.#legs.push(leg);
    leg.upstream = this.#options.openUpstream(from, {
      onOpen: (progress) => this.#opened(leg, progress),
      onProgress: (progress) => this.#progressed(leg, progress),
      onEvent: (event, progress) => this.#happened(leg, event, progress),
      onEnd: (error) => this.#ended(leg, error),
    });
  }

  #opened(leg: Leg, progress: Progress | undefined): void {
    leg.isOpen = true;
    if (!progress) leg.isLive = true;
    else leg.recent = new RecentFrames(progress.position);
    if (progress) this.#progressed(leg, progress);
    else this.#place();
  }

  #progressed(leg: Leg, { stream, position, isEnd }: Progress): void {
    this.#name = stream;
    leg.last = Math.max(leg.last ?? position, position);
    this.#known = Math.max(this.#known, leg.last);
    leg.isLive ||= isEnd;
    if (this.#waiting.size > 0) this.#place();
    if (this.#legs.length > 1) this.#converge();
  }

  async #happened(leg: Leg, event: SourceAnswer, progress: Progress | undefined): Promise<void> {
    const [someone] = leg.members;
    const frame = new Frame(await this.#options.complete(event, someone?.scope), progress?.position);
    if (!this.#legs.includes(leg)) return;
    leg.recent?.add(frame);
    for (const member of leg.members) deliver(member, frame);
    if (progress) this.#progressed(leg, progress);
  }

  #ended(leg: Leg, error: unknown): void {
    this.#legs.splice(this.#legs.indexOf(leg), 1);
    const errors = error === undefined ? undefined : [this.#options.present(error)];
    const members = [...leg.members];
    leg.members.clear();
    if (!leg.isOpen) this.#refuse(leg, errors ?? []);
    for (const member of members) {
      member.leg = undefined;
      member.subscriber.end(errors);
    }
    this.#place();
  }

  /** A place that is not one is the fault of who named it; anything else holds for everybody who waits. */
  #refuse({ from }: Leg, errors: readonly GraphQLError[]): void {
    const isTheirs = errors.some(({ extensions }) => extensions['code'] === 'BAD_USER_INPUT');
    for (const waiting of this.#waiting) {
      if (isTheirs && waiting.after !== from) continue;
      this.#waiting.delete(waiting);
      waiting.settle(errors);
    }
  }

  #attach(member: Member, leg: Leg): void {
    member.leg = leg;
    leg.members.add(member);
    if (member.seen === undefined) member.seen = leg.last;
    else for (const frame of leg.recent?.after(member.seen) ?? []) deliver(member, frame);
  }

  /** Whoever has caught up goes on with the others: at exactly his place, since each event that he has had is passed over. */
  #converge(): void {
    // The newest first: they are the ones that catch up.
    for (const behind of this.#legs.toReversed()) {
      const into = this.#legs.find((leg) => leg !== behind && canTakeOver(leg, behind));
      if (into && this.#legs.includes(behind)) this.#merge(behind, into);
    }
  }

  #merge(behind: Leg, into: Leg): void {
    const members = [...behind.members];
    behind.members.clear();
    for (const member of members) {
      if (behind.last !== undefined) member.seen = Math.max(member.seen ?? behind.last, behind.last);
      this.#attach(member, into);
    }
    this.#closeIdle();
  }

  #closeIdle(): void {
    // One that is being opened is somebody's who waits.
    for (const leg of this.#legs.filter(({ members, isOpen }) => members.size === 0 && (isOpen || this.#waiting.size === 0))) {
      this.#legs.splice(this.#legs.indexOf(leg), 1);
      leg.upstream?.close();
    }
    if (this.#legs.length === 0 && this.#waiting.size === 0) this.#options.onEmpty();
  }
}

function deliver(member: Member, frame: Frame): void {
  const { position } = frame;
  if (position !== undefined) {
    if (member.seen !== undefined && position <= member.seen) return;
    member.seen = position;
  }
  member.subscriber.deliver(frame);
}

const canTakeOver = ({ isLive, recent }: Leg, { last }: Leg): boolean => isLive && recent !== undefined && last !== undefined && recent.floor <= last;
