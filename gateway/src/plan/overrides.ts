import { createHash } from 'node:crypto';
import { Kind, print, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';

/** Labels of `@override(from:, label:)` in the supergraph, such as `percent(10)`. */
export function readOverrideLabels(supergraph: DocumentNode): readonly string[] {
  const labels = new Set<string>();
  visit(supergraph, {
    Directive({ name, arguments: args }) {
      if (name.value !== 'join__field') return;
      for (const { name: argument, value } of args ?? []) if (argument.value === 'overrideLabel' && value.kind === Kind.STRING) labels.add(value.value);
    },
  });
  return [...labels];
}

/**
 * Which labelled overrides hold for this operation. `percent(p)` moves p of a hundred operations to the new subgraph, chosen
 * by their text: an operation is planned once, asks the same subgraph each time, and once moved stays so while p grows.
 * A label of another form is nobody's to switch on here: its fields stay where they were.
 */
export function overrideConditions(labels: readonly string[], operation: OperationDefinitionNode): Map<string, boolean> {
  if (labels.length === 0) return new Map();
  const share = createHash('sha256').update(print(operation)).digest().readUInt32BE(0) / 2 ** 32;
  return new Map(labels.map((label) => [label, share * 100 < percentOf(label)]));
}

const percentOf = (label: string): number => Number(/^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1] ?? 0);
