import type { GeneratedGraph } from './graph.ts';
import type { Mismatch } from './trial.ts';

/** A mismatch as it can be pasted into a test or an issue. */
export function describeMismatch({ sdls, model }: GeneratedGraph, { operation, differences, monolith, gateway }: Mismatch): string {
  const parts = [`DIFFERENCES\n${differences.map((one) => `  ${one}`).join('\n')}`];
  for (const [name, sdl] of sdls) parts.push(`SUBGRAPH ${name}\n${sdl}`);
  parts.push(`DATA (gateway/testing/differential/data.ts)\n${model.faults.length > 0 ? model.faults.map(({ kind, at, isEverywhere }) => `  ${kind} at ${at}${isEverywhere ? '' : ' in half of the rows'}`).join('\n') : '  without faults'}`);
  parts.push(`OPERATION\n${operation.text}`, `VARIABLES\n${JSON.stringify(operation.variables)}`, `MONOLITH\n${monolith}`);
  for (const [name, body] of Object.entries(gateway)) parts.push(`GATEWAY, ${name}\n${body}`);
  return parts.join('\n\n');
}
