import * as fc from 'fast-check';
import { openArena, type Arena, type Round } from './arena.ts';
import { constructsOf } from './constructs.ts';
import { describeMismatch } from './describe.ts';
import { buildModel, modelChoices, type ModelChoices } from './generate-model.ts';
import { buildOperation, operationChoices, type OperationChoices } from './generate-operation.ts';
import { composeModel } from './graph.ts';
import { shrinkPair } from './shrink.ts';
import { tryOperation } from './trial.ts';

/** Operations on each generated graph: building one takes as long as answering many. Some of them are not valid. */
const OPERATIONS = 40;

export interface Campaign {
  readonly seed: number;
  /** Operations to be compared. */
  readonly cases: number;
  /** Where to begin in the seed's run, as an earlier failure told it. */
  readonly path?: string | undefined;
}

export interface Outcome {
  /** Operations that were compared, the invalid ones not counted. */
  readonly cases: number;
  readonly graphs: number;
  /** Reason → graphs that did not compose. */
  readonly uncomposable: ReadonlyMap<string, number>;
  readonly invalid: number;
  readonly withErrors: number;
  /** Construct → cases that had it. */
  readonly constructs: ReadonlyMap<string, number>;
  /** The smallest mismatch that was found, ready to be pasted. */
  readonly failure?: string;
}

/** Compares generated operations on generated graphs until one differs, then makes that one small. */
export async function runCampaign({ seed, cases, path }: Campaign): Promise<Outcome> {
  const arena = await openArena();
  const kept = keptRound(arena);
  const tally = createTally();
  const property = fc.asyncProperty(modelChoices, fc.array(operationChoices, { minLength: OPERATIONS, maxLength: OPERATIONS, size: 'max' }), async (model, operations) => {
    if (tally.cases >= cases) return;
    const round = await kept.enter(model);
    if ('reason' in round) {
      tally.refused(round.reason);
      return;
    }
    tally.graphs++;
    for (const choices of operations) {
      const operation = buildOperation(round.graph.apiSchema, choices);
      const trial = await tryOperation(round, operation);
      if (trial.kind === 'mismatch') throw new Differs(model, choices);
      if (trial.kind === 'invalid') tally.invalid++;
      else if (trial.kind === 'refused') tally.count(true, [`refused: ${trial.reason}`]);
      else tally.count(trial.hasErrors, [...operation.uses, ...constructsOf(round.graph.model)]);
    }
  });
  try {
    // Shrinking is ours, see shrink.ts.
    const result = await fc.check(property, { seed, ...(path ? { path } : {}), numRuns: Math.ceil(cases / (OPERATIONS * 0.85)), endOnFailure: true });
    if (!result.failed) return tally.outcome();
    if (!(result.errorInstance instanceof Differs)) throw result.errorInstance;
    const failure = `seed ${result.seed}, path ${result.counterexamplePath}\n${await smallest(kept, result.errorInstance)}`;
    return { ...tally.outcome(), failure };
  } finally {
    await kept.leave();
    await arena.close();
  }
}

class Differs extends Error {
  readonly model: ModelChoices;
  readonly operation: OperationChoices;
  constructor(model: ModelChoices, operation: OperationChoices) {
    super('An answer differs from the monolith’s');
    this.model = model;
    this.operation = operation;
  }
}

async function smallest(kept: KeptRound, { model, operation }: Differs): Promise<string> {
  let text = '';
  const fails = async (model: ModelChoices, choices: OperationChoices): Promise<boolean> => {
    const round = await kept.enter(model);
    if ('reason' in round) return false;
    const trial = await tryOperation(round, buildOperation(round.graph.apiSchema, choices));
    if (trial.kind === 'mismatch') text = describeMismatch(round.graph, trial);
    return trial.kind === 'mismatch';
  };
  await fails(model, operation);
  await shrinkPair(modelChoices, operationChoices, [model, operation], fails);
  return text;
}

interface KeptRound {
  enter(choices: ModelChoices): Promise<Round | { readonly reason: string }>;
  leave(): Promise<void>;
}

/** The round stays open until another graph comes. */
function keptRound(arena: Arena): KeptRound {
  let key = '';
  let round: Round | { readonly reason: string } | undefined;
  const leave = async (): Promise<void> => {
    if (round && 'close' in round) await round.close();
    round = undefined;
  };
  return {
    leave,
    async enter(choices) {
      const wanted = JSON.stringify(choices);
      if (round && wanted === key) return round;
      await leave();
      const graph = composeModel(buildModel(choices));
      round = 'reason' in graph ? graph : await arena.enter(graph);
      key = wanted;
      return round;
    },
  };
}

function createTally() {
  const constructs = new Map<string, number>();
  const uncomposable = new Map<string, number>();
  const tally = {
    cases: 0,
    graphs: 0,
    invalid: 0,
    withErrors: 0,
    refused: (reason: string) => void uncomposable.set(reason, (uncomposable.get(reason) ?? 0) + 1),
    count(hasErrors: boolean, used: readonly string[]): void {
      tally.cases++;
      if (hasErrors) tally.withErrors++;
      for (const construct of used) constructs.set(construct, (constructs.get(construct) ?? 0) + 1);
    },
    outcome: (): Outcome => ({ cases: tally.cases, graphs: tally.graphs, invalid: tally.invalid, withErrors: tally.withErrors, uncomposable, constructs }),
  };
  return tally;
}
