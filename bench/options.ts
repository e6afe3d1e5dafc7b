import { parseArgs } from 'node:util';
import { GATEWAYS, type Gateway } from './gateways.ts';
import { MODES, type Mode } from './modes.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

export const PARTS = ['requests', 'growth', 'start', 'fanout', 'access'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly gateways: readonly Gateway[];
  readonly workloads: readonly Workload[];
  readonly modes: readonly Mode[];
  readonly parts: readonly Part[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly starts: number;
  readonly clients: number;
  readonly events: number;
  /** Nothing was left out: the result may stand in docs/benchmarks.md. */
  readonly isWhole: boolean;
  /** Nothing but parts was left out: what was measured may. */
  readonly isWholeButParts: boolean;
}

/** Modes that no target is about. */
const QUICK_LEAVES_OUT = ['one-cold', 'same', 'distinct'];

export const USAGE = `npm run bench -- [options]
  --quick              one round, short, without ${QUICK_LEAVES_OUT.join(', ')}
  --only A,B           gateways: ${GATEWAYS.map(({ name }) => name).join(', ')}
  --workloads A,B      ${WORKLOADS.map(({ name }) => name).join(', ')}
  --modes A,B          ${MODES.map(({ name }) => name).join(', ')}
  --conns 1            only the modes of one connection; any other number: only those of many
  --parts A,B          ${PARTS.join(', ')}
  --rounds N           of all gateways in turn (3)
  --dur N              seconds of one measurement (1)
  --warm N             seconds of load before a workload is measured (2)
  --clients N          WebSocket clients of one subscription (5000)
`;

function chosen<T extends { readonly name: string }>(all: readonly T[], given: string | undefined, others: readonly T[]): readonly T[] {
  if (given === undefined) return others;
  return given.split(',').map((name) => {
    const found = all.find((one) => one.name === name);
    if (!found) throw new Error(`There is no ${name}: ${all.map((one) => one.name).join(', ')}`);
    return found;
  });
}

export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean' }, only: text, workloads: text, modes: text, conns: text, parts: text, rounds: text, dur: text, warm: text, clients: text },
  });
  const number = (given: string | undefined, usual: number): number => {
    const value = given === undefined ? usual : Number(given);
    // wrk takes whole seconds.
    if (!Number.isInteger(value) || value < 1) throw new Error(`${given ?? ''} is not a whole number above 0`);
    return value;
  };
  const quick = values.quick ?? false;
  const modes = MODES.filter(({ isOneConnection, name }) => (values.conns === undefined || (values.conns === '1') === isOneConnection) && !(quick && QUICK_LEAVES_OUT.includes(name)));
  const parts = PARTS.map((name) => ({ name }));
  const isWholeButParts = !quick && [values.only, values.workloads, values.modes, values.conns, values.rounds, values.dur, values.warm, values.clients].every((given) => given === undefined);
  return {
    gateways: chosen(GATEWAYS, values.only, GATEWAYS.filter(({ isExtra }) => !isExtra)),
    workloads: chosen(WORKLOADS, values.workloads, WORKLOADS),
    modes: chosen(MODES, values.modes, modes),
    parts: chosen(parts, values.parts, parts).map(({ name }) => name),
    rounds: number(values.rounds, quick ? 1 : 3),
    seconds: number(values.dur, 1),
    warmSeconds: number(values.warm, quick ? 1 : 2),
    starts: quick ? 3 : 5,
    clients: number(values.clients, 5_000),
    events: quick ? 10 : 30,
    isWhole: isWholeButParts && values.parts === undefined,
    isWholeButParts,
  };
}
