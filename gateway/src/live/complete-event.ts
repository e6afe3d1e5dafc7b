import type { ServiceMap } from '@apollo/gateway';
import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import { AppError } from '@vss/runtime';
import type { Presenter } from '../execute/present-error.js';
import { runPlan } from '../execute/run-plan.js';
import type { PlannedOperation, PlannedPart } from '../plan/plan-operation.js';
import type { SourceAnswer } from '../sources/source.js';
import type { Opening } from './opening.js';

/** Runs the plan for one event. A failure is that event's answer and does not end the stream. */
export async function completeEvent(presenter: Presenter, { engine, planned, guarded, variables, scope }: Opening, event: SourceAnswer): Promise<ExecutionResult> {
  const dropped = event.extensions?.['dropped'];
  try {
    const answer = await runPlan(eventPlan(planned), { supergraph: engine.supergraph, services: answeredBy(event, planned.subscription.primary, engine.services), variables, scope });
    const result = engine.finish(answer, guarded, variables, scope);
    return dropped === undefined ? result : { ...result, extensions: { dropped } };
  } catch (error) {
    return { errors: [presenter.present(error, scope.traceId)] };
  }
}

function eventPlan(planned: Opening['planned']): PlannedOperation {
  const { primary, rest } = planned.subscription;
  const [part] = planned.parts;
  if (!part) throw new Error('A planned operation has at least one part');
  const plan: PlannedPart['plan'] = { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary };
  return { ...planned, parts: [{ ...part, plan }] };
}

/** The subgraphs, but the first fetch is answered by the event. */
function answeredBy(event: SourceAnswer, primary: FetchNode, services: ServiceMap): ServiceMap {
  const owner = services[primary.serviceName];
  let isUsed = false;
  const first: ServiceMap[string] = {
    process(options) {
      if (isUsed || options.request.query !== primary.operation) {
        if (!owner) throw new AppError('UNAVAILABLE', `There is no subgraph ${primary.serviceName}`);
        return owner.process(options);
      }
      isUsed = true;
      // The plan's answers are merged into this object, and a source may hand one object to several readers.
      const data = event.data ? structuredClone(event.data) : null;
      return Promise.resolve({ data, ...(event.errors ? { errors: event.errors } : {}) });
    },
  };
  return { ...services, [primary.serviceName]: first };
}
