import type { Actor } from '@vss/auth';
import type { RawAnswer, RawRequest } from './source.js';

/** A read under way that others may share. */
interface Flight {
  readonly body: string;
  readonly dueAt: number;
  readonly answer: Promise<RawAnswer>;
}

export interface SharedReads {
  /** The answer of an equal read under way, else that of `ask`. */
  share(request: RawRequest, dueAt: number): Promise<RawAnswer>;
}

/**
 * Equal reads of one access token at the same time are one request. Equal tokens give one Actor object; others never
 * share, since a subgraph may answer each of them differently. Whoever shares a read shares its failure.
 */
export function createSharedReads(ask: (request: RawRequest) => Promise<RawAnswer>, onShared: () => void): SharedReads {
  // Lists, not maps: to hash a body costs about 4 ns a byte, more than all else that is done for a request, while bodies
  // of different lengths are told apart by a number, and others mostly by a comparison that ends early.
  const flights = new WeakMap<Actor, Flight[]>();

  function flightsOf(actor: Actor): Flight[] {
    let own = flights.get(actor);
    if (!own) flights.set(actor, (own = []));
    return own;
  }

  return {
    share(request, dueAt) {
      const { body } = request;
      const own = flightsOf(request.scope.actor);
      for (const flight of own) {
        // Nobody waits longer than he would alone.
        if (flight.body.length !== body.length || flight.dueAt > dueAt || flight.body !== body) continue;
        onShared();
        return flight.answer;
      }
      const flight: Flight = { body, dueAt, answer: ask(request) };
      own.push(flight);
      const land = (): void => {
        const last = own.pop();
        if (last && last !== flight) own[own.indexOf(flight)] = last;
      };
      flight.answer.then(land, land);
      return flight.answer;
    },
  };
}
