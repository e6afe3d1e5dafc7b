import { isUtf8 } from 'node:buffer';
import type { FetchNode } from '@apollo/query-planner';
import { OperationTypeNode } from 'graphql';
import type { RawAnswer } from '../../sources/source.js';
import { outcomeOf } from '../../observe/source-observer.js';
import type { RequestScope } from '../request-scope.js';
import type { Subgraph } from '../subgraphs.js';
import { sourceScope } from '../plain/ask-source.js';
import type { EntityFetch, Found, Generated, Node, RootFetch } from './generate.js';
import { asciiJson } from './ascii-json.js';
import type { FetchStep, Step } from './steps.js';

type Variables = Readonly<Record<string, unknown>>;

/** What a fetch of an abandoned run brought, so that nobody is asked twice. */
export interface InHand {
  /** Between the brackets of the variable, as latin1 text. */
  readonly representations: string;
  readonly outcome: { readonly answer: RawAnswer } | { readonly error: unknown };
}

/** `{"data":…` without the last brace, as bytes or as latin1 text; or what was fetched until something was not as expected. */
export type ProgramResult = { readonly head: Buffer | string } | { readonly inHand: ReadonlyMap<FetchNode, InHand> };

/** An operation's plan as code. */
export interface Program {
  run(variables: Variables, scope: RequestScope): Promise<ProgramResult>;
}

/** A fetch as it is sent: all of its body but what depends on the request is written out before. */
export interface Sending {
  readonly node: FetchNode;
  readonly subgraph: Subgraph;
  readonly head: string;
  readonly isRepeatable: boolean;
  readonly operationMs: number;
}

export function sendingOf({ node }: FetchStep, subgraph: Subgraph, operationMs: number): Sending {
  const name = node.operationName ? `,"operationName":${asciiJson(node.operationName)}` : '';
  return { node, subgraph, operationMs, head: `{"query":${asciiJson(node.operation)}${name},"variables":{`, isRepeatable: node.operationKind !== OperationTypeNode.MUTATION };
}

/** One run of a program: what it found so far. */
class Run {
  isAbandoned = false;
  readonly inHand = new Map<FetchNode, InHand>();
  constructor(
    readonly variables: Variables,
    readonly scope: RequestScope,
    readonly root: Node,
    readonly found: Found,
  ) {}
  readonly startedAt = performance.now();
}

/** Asks a subgraph; undefined where it failed. */
async function send({ node, subgraph, head, isRepeatable, operationMs }: Sending, run: Run, representations: string): Promise<RawAnswer | undefined> {
  const used = variablesText(node, run.variables);
  const body = representations === '' ? `${head}${used}}}` : `${head}${used}${used === '' ? '' : ','}"representations":[${representations}]}}`;
  const observed = subgraph.observed.begin(run.scope);
  try {
    const answer = await subgraph.source.send?.({ body, isRepeatable, scope: { ...sourceScope(subgraph, run.scope, !isRepeatable), traceparent: observed.traceparent }, dueAt: run.startedAt + operationMs });
    if (!answer) throw new Error(`The subgraph ${subgraph.source.name} does not answer in bytes`);
    observed.end(outcomeOf(answer));
    run.inHand.set(node, { representations, outcome: { answer } });
    return answer;
  } catch (error) {
    observed.failed(error);
    run.inHand.set(node, { representations, outcome: { error } });
    run.isAbandoned = true;
    return undefined;
  }
}

function variablesText({ variableUsages }: FetchNode, variables: Variables): string {
  let text = '';
  for (const name of variableUsages ?? [])
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) text += `${text === '' ? '' : ','}"${name}":${asciiJson(variables[name])}`;
  return text;
}

/** Whether an answer's bytes are text at all. What our own subgraphs vouch for is not looked at. */
const isText = ({ bytes, isClean }: RawAnswer): boolean => isClean || isUtf8(bytes);

type RunStep = (run: Run) => Promise<void>;

/** A program of several fetches, or of one whose answer is not the client's as it stands. */
export function createSplicingProgram(steps: Step, sendings: readonly Sending[], generated: Generated): Program {
  const runSteps = runnable(steps, sendings, generated);
  return {
    async run(variables, scope) {
      const run = new Run(variables, scope, generated.newRoot(), Array.from({ length: generated.places }, () => []));
      await runSteps(run);
      const text = run.isAbandoned ? undefined : generated.write(run.root);
      generated.release();
      return text === undefined ? { inHand: run.inHand } : { head: `{"data":${text}` };
    },
  };
}

function runnable(step: Step, sendings: readonly Sending[], generated: Generated): RunStep {
  if ('order' in step) {
    const steps = step.steps.map((child) => runnable(child, sendings, generated));
    if (step.order === 'parallel') return async (run) => void (await Promise.all(steps.map((child) => child(run))));
    return async (run) => {
      for (const child of steps) if (!run.isAbandoned) await child(run);
    };
  }
  const [sending, code] = [sendings[step.id], generated.fetches[step.id]];
  if (!sending || !code) throw new Error(`The plan has no fetch ${step.id}`);
  return 'place' in code ? entityStep(sending, code) : rootStep(sending, code);
}

const rootStep = (sending: Sending, code: RootFetch): RunStep =>
  async function fetchRoot(run) {
    const answer = await send(sending, run, '');
    if (!answer || run.isAbandoned) return;
    const { bytes } = answer;
    if (!isText(answer) || code.scan(bytes, bytes.toString('latin1'), run.root, run.found) < 0) run.isAbandoned = true;
  };

const entityStep = (sending: Sending, { place, identity, representation, scan, assign }: EntityFetch): RunStep =>
  async function fetchEntities(run) {
    const nodes = run.found[place] ?? [];
    // Those that are found later belong to the fetches that come later.
    const count = nodes.length;
    const indexOf = new Int32Array(count);
    const indexByIdentity = new Map<string, number>();
    let representations = '';
    for (let at = 0; at < count; at++) {
      const node = nodes[at] as Node;
      const key = identity(node);
      let index = key === undefined ? -1 : indexByIdentity.get(key);
      if (index === undefined) {
        index = indexByIdentity.size;
        indexByIdentity.set(key as string, index);
        representations += index === 0 ? representation(node) : `,${representation(node)}`;
      }
      indexOf[at] = index;
    }
    if (indexByIdentity.size === 0) return;
    const answer = await send(sending, run, representations);
    if (!answer || run.isAbandoned) return;
    const { bytes } = answer;
    const entities = isText(answer) ? scan(bytes, bytes.toString('latin1'), indexByIdentity.size, run.found) : undefined;
    if (!entities) {
      run.isAbandoned = true;
      return;
    }
    for (let at = 0; at < count; at++) {
      const entity = entities[indexOf[at] as number];
      if (entity) assign(nodes[at] as Node, entity);
    }
  };

const NOTHING: Node = { t: () => '' };

/** A program of one fetch whose answer is the client's own: the bytes go through, looked at only where nobody vouches for them. */
export function createPassingProgram(sending: Sending, check: (bytes: Uint8Array) => number): Program {
  return {
    async run(variables, scope) {
      const run = new Run(variables, scope, NOTHING, []);
      const answer = await send(sending, run, '');
      if (!answer) return { inHand: run.inHand };
      const { bytes, isClean } = answer;
      if (isClean) return { head: bytes.subarray(0, -1) };
      const end = isText(answer) ? check(bytes) : -1;
      return end < 0 ? { inHand: run.inHand } : { head: bytes.subarray(0, end) };
    },
  };
}
