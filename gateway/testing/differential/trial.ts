import { parse, validate } from 'graphql';
import { PATHS, type Round } from './arena.ts';
import { compareAnswers, type Answer } from './compare.ts';
import { runOnMonolith } from './graph.ts';
import type { GeneratedOperation } from './generate-operation.ts';
import type { Model } from './model.ts';

/** One operation that the gateway and the monolith answer differently. */
export interface Mismatch {
  readonly operation: GeneratedOperation;
  readonly differences: readonly string[];
  readonly monolith: string;
  readonly gateway: Readonly<Record<string, string>>;
}

export type Trial = { readonly kind: 'agreed'; readonly hasErrors: boolean } | { readonly kind: 'invalid' } | { readonly kind: 'refused'; readonly reason: string } | ({ readonly kind: 'mismatch' } & Mismatch);

/** What the gateway may refuse, because no plan for it would be right; everything else it has to answer. */
const REFUSALS: readonly { readonly reason: string; readonly isOf: (operation: GeneratedOperation, model: Model) => boolean }[] = [
  { reason: 'two of its fields require one field with different arguments', isOf: ({ uses }) => uses.has('mutation') },
  { reason: 'one field is required with different arguments by', isOf: (_operation, model) => hasChain(model) },
  { reason: 'the planner asks', isOf: (_operation, model) => hasChain(model) },
];

/** A field requires one that requires others in its turn. */
const hasChain = ({ types }: Model): boolean => [...types.values()].some((type) => type.kind === 'entity' && type.fields.some(({ isRequired, requires }) => isRequired && requires !== undefined));

/** Asks the monolith and every path of the gateway the same. */
export async function tryOperation(round: Round, operation: GeneratedOperation): Promise<Trial> {
  const document = parse(operation.text);
  const bodies: Record<string, string> = {};
  for (const path of PATHS) {
    bodies[path] = steady(await round.ask(path, { query: operation.text, variables: operation.variables }));
    if (path === PATHS[0] && bodies[path].includes('"GRAPHQL_VALIDATION_FAILED"') && validate(round.graph.apiSchema, document).length > 0) return { kind: 'invalid' };
  }
  const monolith = runOnMonolith(round.graph, document, operation.variables);
  const differences: string[] = [];
  const reference = bodies[PATHS[0]] ?? '';
  for (const path of PATHS) if (bodies[path] !== reference) differences.push(`the answer by ${path} is not that by ${PATHS[0]}`);
  const lenient = () => runOnMonolith(round.graph, document, operation.variables, true);
  differences.push(...compareAnswers(JSON.parse(reference) as Answer, monolith, lenient, hiddenFields(round)).differences);
  const refusal = REFUSALS.find(({ reason, isOf }) => isOf(operation, round.graph.model) && reference.includes(`The operation cannot be planned: ${reason}`));
  if (refusal && PATHS.every((path) => bodies[path] === reference)) return { kind: 'refused', reason: refusal.reason };
  if (differences.length === 0) return { kind: 'agreed', hasErrors: monolith.errors !== undefined };
  return { kind: 'mismatch', operation, differences, monolith: JSON.stringify(monolith), gateway: bodies };
}

/** A trace id is new in every answer. */
const steady = (body: string): string => body.replaceAll(/"traceId":"[^"]*"/g, '"traceId":"-"');

/** Fields that some `@requires` selects: one that fails may be told of though the client did not ask for it. */
function hiddenFields({ graph }: Round): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of graph.model.types.values()) if (type.kind !== 'union') for (const field of type.fields) if (field.isRequired) names.add(field.name);
  return names;
}
