import type { FetchNode } from '@apollo/query-planner';
import type { Logger } from '@vss/runtime';
import type { SourceAnswer } from '../../sources/source.js';
import { checked, failed } from '../plain/ask-source.js';
import type { Ask } from '../plain/run-plan.js';
import type { RequestScope } from '../request-scope.js';
import type { InHand } from './program.js';

/**
 * The plain path in place of a program that gave up: what was fetched already is not fetched again. A fetch that would be
 * asked for other entities now is sent after all; only a query can be.
 */
export function askInHand(inHand: ReadonlyMap<FetchNode, InHand>, ask: Ask, { logger, scope }: { logger: Logger; scope: RequestScope }): Ask {
  return async (fetch, variables) => {
    const known = inHand.get(fetch);
    if (!known || known.representations !== representationsText(variables['representations'])) return ask(fetch, variables);
    try {
      if ('error' in known.outcome) throw known.outcome.error;
      return checked(fetch, parseAnswer(known.outcome.answer.bytes), variables);
    } catch (error) {
      return failed(fetch, error, variables, logger, scope);
    }
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const parseAnswer = (bytes: Buffer): SourceAnswer => JSON.parse(utf8.decode(bytes)) as SourceAnswer;

/** As programs write it: JSON of the list without its brackets, one character a byte. */
const representationsText = (given: unknown): string => (Array.isArray(given) ? Buffer.from(JSON.stringify(given).slice(1, -1)).toString('latin1') : '');
