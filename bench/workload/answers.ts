import { buildSchema, graphqlSync, type GraphQLSchema } from 'graphql';
import { entityOf, MARK, rootValue, type Representation } from './data.ts';
import { executableSdl, SUBGRAPHS, type SubgraphName } from './schemas.ts';

/** `cold`: the ids of each answer are new ones. `vouched`: answers carry the header by which our own subgraphs say "no errors". */
export interface Mode {
  readonly cold: boolean;
  readonly vouched: boolean;
}

interface Template {
  readonly bytes: Buffer;
  /** Where marks stand in the bytes, and which of the request's marks belongs there; -1: a new one. */
  readonly marks: readonly { readonly at: number; readonly mark: number }[];
}

const MARK_BYTES = 9;
const FRESH = '~99999999';
const numbered = (n: number): string => `~${String(n).padStart(8, '0')}`;

/**
 * Answers by memory, so that subgraphs cost next to nothing and the gateway is what is measured. Requests that differ
 * only in their marks (`~00000007`) share one template, whose marks are written over.
 */
export function createAnswers() {
  const schemas = Object.fromEntries(Object.keys(SUBGRAPHS).map((name) => [name, buildSchema(executableSdl(name as SubgraphName))])) as Record<SubgraphName, GraphQLSchema>;
  const templates = new Map<string, Template>();
  let fresh = 0;

  return (subgraph: SubgraphName, body: string, mode: Mode): Buffer => {
    const marks: string[] = [];
    const shape = body.includes('~') ? body.replace(MARK, (mark) => numbered(indexIn(marks, mark))) : body;
    const key = `${subgraph}${mode.cold ? '~' : ' '}${mode.vouched ? '+' : ' '}${shape}`;
    let template = templates.get(key);
    if (!template) templates.set(key, (template = templateOf(http(execute(schemas[subgraph], subgraph, shape, mode), mode))));
    if (template.marks.length === 0) return template.bytes;
    const bytes = Buffer.from(template.bytes);
    const next = numbered((fresh = (fresh + 1) % 90_000_000));
    for (const { at, mark } of template.marks) bytes.write(marks[mark] ?? next, at, MARK_BYTES, 'latin1');
    return bytes;
  };
}

function indexIn(marks: string[], mark: string): number {
  const known = marks.indexOf(mark);
  return known >= 0 ? known : marks.push(mark) - 1;
}

function execute(schema: GraphQLSchema, subgraph: SubgraphName, body: string, { cold }: Mode): string {
  const { query, variables, operationName } = JSON.parse(Buffer.from(body, 'latin1').toString()) as { query: string; variables?: Record<string, unknown>; operationName?: string };
  const result = graphqlSync({
    schema,
    source: query,
    variableValues: variables,
    operationName,
    rootValue: {
      ...rootValue(cold ? FRESH : ''),
      _service: { sdl: SUBGRAPHS[subgraph] },
      _entities: ({ representations }: { representations: Representation[] }) => representations.map((representation) => entityOf(subgraph, representation)),
    },
  });
  // A gateway that asks what cannot be answered would be measured on errors.
  if (result.errors) process.stderr.write(`${subgraph}: ${JSON.stringify(result.errors)} for ${body.slice(0, 500)}\n`);
  return JSON.stringify(result);
}

function http(text: string, { vouched }: Mode): Buffer {
  const header = `HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\n${vouched ? 'x-vss-errors: none\r\n' : ''}content-length: ${Buffer.byteLength(text)}\r\n\r\n`;
  return Buffer.from(header + text);
}

function templateOf(bytes: Buffer): Template {
  const marks = [...bytes.toString('latin1').matchAll(MARK)].map(({ 0: mark, index }) => ({ at: index, mark: mark === FRESH ? -1 : Number(mark.slice(1)) }));
  return { bytes, marks };
}
