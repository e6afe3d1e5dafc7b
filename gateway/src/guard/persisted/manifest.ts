import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, StartError } from '@vss/runtime';

/** Documents by the id that clients name them by, mostly a hash of the text. */
export type Manifest = ReadonlyMap<string, string>;

const text = z.string().min(1);
/** As graphql-codegen's `persistedDocuments` writes it. */
const plain = z.record(text, text);
/** As `@apollo/generate-persisted-query-manifest` writes it. */
const apollo = z.object({ format: z.literal('apollo-persisted-query-manifest'), version: z.literal(1), operations: z.array(z.object({ id: text, body: text })) });

/** Throws a StartError where the text is in neither format. */
export function parseManifest(json: string): Manifest {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (error) {
    throw new StartError(`it is no JSON: ${messageOf(error)}`, { cause: error });
  }
  const ofApollo = apollo.safeParse(given);
  if (ofApollo.success) return new Map(ofApollo.data.operations.map(({ id, body }) => [id, body]));
  const ofCodegen = plain.safeParse(given);
  if (ofCodegen.success) return new Map(Object.entries(ofCodegen.data));
  throw new StartError('it is neither {"hash": "document", …} nor an Apollo persisted query manifest');
}

export async function readManifest(file: string): Promise<Manifest> {
  try {
    return parseManifest(await readFile(file, 'utf8'));
  } catch (error) {
    throw new StartError(`The documents in ${file} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}
