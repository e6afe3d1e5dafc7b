import type { IncomingHttpHeaders } from 'node:http';

export const JSON_TYPE = 'application/json';
export const GRAPHQL_RESPONSE = 'application/graphql-response+json';
export const EVENT_STREAM = 'text/event-stream';
export const MULTIPART = 'multipart/mixed';

/** In what form a client takes its answer; undefined where it takes none of them. */
export interface Accepted {
  /** One whole answer. */
  readonly whole: typeof JSON_TYPE | typeof GRAPHQL_RESPONSE | undefined;
  /** A stream of answers. */
  readonly stream: typeof EVENT_STREAM | typeof MULTIPART | undefined;
}

/** A range of the Accept header, as RFC 9110 §12.5.1 has it. */
interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
  readonly at: number;
}

// A quoted value may hold commas and semicolons: Apollo Client sends `multipart/mixed;boundary="graphql";subscriptionSpec=1.0`.
const RANGE = /(?:"[^"]*"|[^,"])+/g;
const PARAMETER = /(?:"[^"]*"|[^;"])+/g;
const WHOLE = [JSON_TYPE, GRAPHQL_RESPONSE] as const;
const STREAM = [EVENT_STREAM, MULTIPART] as const;

/** No header, or one that takes anything, means `application/json`; a stream has to be asked for by its name. */
export function accepted({ accept }: Pick<IncomingHttpHeaders, 'accept'>): Accepted {
  const header = accept || '*/*';
  let found = known.get(header);
  if (!found) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(header, (found = read(header)));
  }
  return found;
}

/** Few clients are there, and each sends the same again and again. */
const known = new Map<string, Accepted>();
const MOST_KNOWN = 200;

function read(header: string): Accepted {
  const ranges = header.match(RANGE)?.map(parseRange) ?? [];
  return { whole: best(WHOLE, ranges), stream: best(STREAM, ranges.filter(isOurStreamFormat)) };
}

// `deferSpec` is the other thing that multipart/mixed is asked for in, and answers in parts are not made here.
const isOurStreamFormat = ({ type, parameters }: Range): boolean => type === EVENT_STREAM || (type === MULTIPART && parameters.get('subscriptionspec') === '1.0');

function parseRange(text: string, at: number): Range {
  const [type = '', ...parameters] = text.match(PARAMETER)?.map((part) => part.trim()) ?? [];
  const pairs = parameters.map((parameter): [string, string] => {
    const [name = '', value = ''] = parameter.split('=', 2);
    return [name.trim().toLowerCase(), value.trim().replaceAll('"', '').toLowerCase()];
  });
  const map = new Map(pairs);
  const quality = Number(map.get('q') ?? '1');
  return { type: type.toLowerCase(), parameters: map, quality: quality >= 0 && quality <= 1 ? quality : 1, at };
}

/** By quality, then the order in the header, then ours. Of the ranges that cover a type, the most specific one counts. */
function best<T extends string>(offered: readonly T[], ranges: readonly Range[]): T | undefined {
  const candidates = offered.flatMap((type) => {
    const [range] = ranges.filter((one) => specificity(one, type) > 0).sort((a, b) => specificity(b, type) - specificity(a, type) || a.at - b.at);
    return range && range.quality > 0 ? [{ type, quality: range.quality, specificity: specificity(range, type), at: range.at }] : [];
  });
  return candidates.sort((a, b) => b.quality - a.quality || b.specificity - a.specificity || a.at - b.at)[0]?.type;
}

function specificity({ type, parameters }: Range, offered: string): number {
  const charset = parameters.get('charset');
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') return 0;
  if (type === offered) return 3;
  if (type === '*/*') return 1;
  return type.endsWith('/*') && offered.startsWith(type.slice(0, -1)) ? 2 : 0;
}
