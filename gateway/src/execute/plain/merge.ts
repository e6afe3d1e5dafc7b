export type Row = Record<string, unknown>;

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** Adds everything that `from` knows to `into`; lists by position. Where both know a leaf, the later answer stands. */
export function mergeInto(into: Row, from: Row): void {
  for (const key of Object.keys(from)) {
    // A subgraph's answer may hold a key of this name, and assigning it would change what the object inherits.
    if (key === '__proto__') continue;
    const given = from[key];
    const known = into[key];
    if (isObject(known) && isObject(given) && Array.isArray(known) === Array.isArray(given)) mergeInto(known, given);
    else if (given !== undefined) into[key] = given;
  }
}
