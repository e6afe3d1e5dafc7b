import type { ExecutionResult } from 'graphql';
import type { Presenter } from '../execute/present-error.js';
import type { SourceAnswer } from '../sources/source.js';
import type { Opening } from './opening.js';

/** Runs the plan for one event. A failure is that event's answer and does not end the stream. */
export async function completeEvent(presenter: Presenter, { engine, executable, variables, scope }: Opening, event: SourceAnswer): Promise<ExecutionResult> {
  const dropped = event.extensions?.['dropped'];
  try {
    // The plan's answers are merged into these data, and a source may hand one object to several readers.
    const result = await engine.executeEvent(executable, { ...event, data: event.data ? structuredClone(event.data) : null }, variables, scope);
    return dropped === undefined ? result : { ...result, extensions: { dropped } };
  } catch (error) {
    return { errors: [presenter.present(error, scope.traceId)] };
  }
}
