import { newId as typeId, startRepeating, systemNow, type Logger, type NewId, type Now } from '@vss/runtime';
import { createPool, forkFor, openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import { createInbox, createOutbox, createRelay, handlersByType, startConsumer, type Broker } from '@vss/events';
import { buildSubgraph, createDenialReports, createSubgraph, type Scope, type Subgraph } from '@vss/graphql';
import { Center, CenterResolver, createCenterService, loadCenter } from './centers/index.js';
import { ActivityPoint, CallStats, Dashboard, DashboardResolver, forgetCalls, LeadStats, LeadStatusCount, OperatorStats, OutcomeCount, projectionRoutes, SlotStateCount, SlotStats } from './dashboard/index.js';
import { createDeadLetterService, DeadLetter, DeadLetterPayload, DeadLetterResolver, deadLetterRoutes } from './deadletters/index.js';
import { appendEvent, forgetEvents, isNoise, LogEvent, LogEventResolver } from './events/index.js';
import { stub, UserStub } from './stubs.js';

const SCHEMA = 'operations';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface OperationsSettings {
  /** How long the event log reaches back. */
  readonly retentionDays?: number | undefined;
}

export interface OperationsOptions {
  readonly target: DatabaseTarget;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly now?: Now;
  readonly newId?: NewId;
  readonly settings?: OperationsSettings;
}

export interface Operations extends Subgraph {
  /** Id of the first center, which is made where there is none. */
  ensureDefaultCenter(center: { name: string; timeZone: string }): Promise<string>;
}

/**
 * Centers, the event log, the dashboard and dead letters. Keeps projections of calls, slots (telephony), leads (crm) and
 * users (identity), to count without asking anybody.
 */
export async function createOperations({ target, broker, logger: parent, now = systemNow, newId = typeId, settings = {} }: OperationsOptions): Promise<Operations> {
  const { retentionDays = 30 } = settings;
  const logger = parent.child({ subgraph: SCHEMA });
  const orm = await openOrm({ target, contextName: SCHEMA, schema: SCHEMA, entities: [Center, LogEvent, DeadLetter], logger });
  const everywhere = (): EntityManager => forkFor(orm, 'ALL');
  const pool = createPool(target, { applicationName: `vss-${SCHEMA}-relay` });
  const outbox = createOutbox({ schema: SCHEMA, now });
  const relay = createRelay({ pool, schema: SCHEMA, broker, logger });
  const denials = createDenialReports({ fork: everywhere, outbox, logger, now });

  const centers = createCenterService({ outbox, newId, now });
  const deadLetters = createDeadLetterService({ outbox, newId, now });
  const inboxOf = (group: string) => createInbox<EntityManager>({ fork: (centerId) => forkFor(orm, centerId ?? 'ALL'), schema: SCHEMA, group, outbox, logger });

  const build = await buildSubgraph({
    name: SCHEMA,
    resolvers: [CenterResolver, LogEventResolver, DashboardResolver, new DeadLetterResolver(deadLetters)],
    orphanedTypes: [Center, LogEvent, DeadLetter, DeadLetterPayload, Dashboard, CallStats, SlotStats, LeadStats, OperatorStats, OutcomeCount, SlotStateCount, LeadStatusCount, ActivityPoint, UserStub],
    references: {
      Center: ({ id }: { id: string }, scope: Scope) => loadCenter(scope, id),
      User: ({ id }: { id: string }) => stub(UserStub, id),
    },
  });

  async function forget(): Promise<void> {
    const before = new Date(now().getTime() - retentionDays * DAY_MS);
    await forgetEvents(everywhere(), before);
    await forgetCalls(everywhere(), before);
  }

  const running: { stop(): Promise<void> }[] = [];
  const subgraph = createSubgraph({
    name: SCHEMA,
    build,
    orm,
    logger,
    now,
    onDenied: denials.onDenied,
    async start() {
      // Groups of their own: what the dashboard cannot count is still written down, and the notice of a message that it
      // could not handle, which is about the same subject, must not wait behind that message.
      const groups = [
        { group: `${SCHEMA}.dashboard`, ...handlersByType<EntityManager>(projectionRoutes) },
        { group: `${SCHEMA}.dead-letters`, ...handlersByType<EntityManager>(deadLetterRoutes(deadLetters)) },
        { group: `${SCHEMA}.log`, patterns: ['#'], skip: isNoise, work: appendEvent },
      ];
      for (const group of groups) running.push(await startConsumer({ broker, inbox: inboxOf(group.group), logger, ...group }));
      await relay.start();
      running.push(startRepeating({ everyMs: HOUR_MS, work: forget, logger }));
    },
    async stop() {
      await Promise.all(running.map((each) => each.stop()));
      await denials.settled();
      await relay.stop();
      await pool.end();
    },
  });
  return Object.assign(subgraph, { ensureDefaultCenter: (center: { name: string; timeZone: string }) => centers.ensureDefault(everywhere(), center) });
}
