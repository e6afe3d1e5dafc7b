import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** The folder of change files, from the root. What lies there stays: together they are the graph's record of what was taken away. */
export const CHANGES = 'schema/changes';

const entries = z.array(
  z
    .strictObject({
      type: z.string().min(1),
      coordinate: z.string().min(1),
      /** Why it is done, and what clients use instead. */
      reason: z.string().min(1),
      /** The day that its `@deprecated` promised. */
      removal: z.iso.date().optional(),
      /** Why nobody is harmed, where it was never announced. */
      withoutNotice: z.string().min(1).optional(),
    })
    .refine(({ removal, withoutNotice }) => (removal === undefined) !== (withoutNotice === undefined), 'has either "removal" or "withoutNotice"'),
);

/** A breaking change that is meant. */
export type NamedChange = z.infer<typeof entries>[number] & { readonly file: string };

/** The entries of one change file. */
export function parseChangeFile(file: string, text: string): NamedChange[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = entries.safeParse(json);
  if (!parsed.success) throw new Refusal(`${file} is no list of changes:\n${z.prettifyError(parsed.error)}`);
  return parsed.data.map((entry) => ({ ...entry, file }));
}

/** Tells entries apart: one that is already in the base of the comparison names nothing any more. */
export const keyOf = ({ file, type, coordinate }: NamedChange): string => `${file}: ${type} ${coordinate}`;
