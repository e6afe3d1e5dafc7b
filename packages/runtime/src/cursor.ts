/** A place in a live stream. */
export interface Place {
  /** `<subgraph>.<name of the stream>`: a place means nothing in another one. */
  readonly stream: string;
  readonly position: bigint;
}

/** The place as clients get it: opaque to them, and the same text for the same place. */
export const formatCursor = ({ stream, position }: Place): string => Buffer.from(`${stream}@${position}`).toString('base64url');

/** The place that a cursor names, or undefined where it is not one of ours. */
export function readCursor(cursor: string): Place | undefined {
  const [, stream, position] = /^([^@]+)@(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return stream === undefined || position === undefined ? undefined : { stream, position: BigInt(position) };
}
