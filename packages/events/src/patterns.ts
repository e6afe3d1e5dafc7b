/** Whether a type fits a pattern by the rules of AMQP topics: `*` is one word, `#` any number of them. */
export function matchesPattern(pattern: string, type: string): boolean {
  return matchesWords(pattern.split('.'), type.split('.'));
}

export const matchesAny = (patterns: readonly string[], type: string): boolean => patterns.some((pattern) => matchesPattern(pattern, type));

function matchesWords(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#') return matchesWords(rest, words) || (words.length > 0 && matchesWords(pattern, words.slice(1)));
  const [word, ...others] = words;
  return word !== undefined && (first === '*' || first === word) && matchesWords(rest, others);
}

/** One of `count` partitions; the same for the same id in every process and version. FNV-1a. */
export function partitionOf(id: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(id)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % count;
}
