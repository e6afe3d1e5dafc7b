import { newId as typeId, startRepeating, systemNow, type Logger, type NewId, type Now } from '@vss/runtime';
import { openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import { handlersByType, type Broker, type Message } from '@vss/events';
import { buildSubgraph, createMessaging, createSubgraph, resourceSnapshots, erasureRoute, stub, type Scope, type Subgraph } from '@vss/graphql';
import { Center, CenterResolver, createCenterService, loadCenter, ownedCenters } from './centers/index.js';
import { ActivityPoint, CallStats, Dashboard, DashboardResolver, forgetCalls, LeadStats, LeadStatusCount, OperatorStats, OutcomeCount, projectionRoutes, SlotStateCount, SlotStats } from './dashboard/index.js';
import { createDeadLetterService, DeadLetter, DeadLetterPayload, DeadLetterResolver, deadLetterRoutes } from './deadletters/index.js';
import { appendEvent, eventLog, forgetEvents, isNoise, LogEvent, LogEventResolver, PersonDataResolver } from './events/index.js';
import { UserStub } from './stubs.js';

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
  const messaging = createMessaging({ name: SCHEMA, target, orm, broker, logger, now });
  const { outbox, everywhere } = messaging;

  const centers = createCenterService({ outbox, newId, now });
  const deadLetters = createDeadLetterService({ outbox, newId, now });
  const erasure = erasureRoute({ subgraph: SCHEMA, outbox, holdings: [eventLog] });
  // In the log's own group: an event that still has the name is written down before, never afterwards.
  const log = async (tx: EntityManager, message: Message): Promise<void> => {
    await appendEvent(tx, message);
    if (message.type === erasure.type) await erasure.work(tx, message);
  };

  const build = await buildSubgraph({
    name: SCHEMA,
    resolvers: [CenterResolver, LogEventResolver, PersonDataResolver, DashboardResolver, new DeadLetterResolver(deadLetters)],
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

  let forgetting: { stop(): Promise<void> } | undefined;
  const subgraph = createSubgraph({
    name: SCHEMA,
    build,
    orm,
    logger,
    now,
    onDenied: messaging.onDenied,
    audit: messaging.audit,
    async start() {
      // Groups of their own: what the dashboard cannot count is still written down, and the notice of a message that it
      // could not handle, which is about the same subject, must not wait behind that message.
      await messaging.start([
        { group: `${SCHEMA}.dashboard`, ...handlersByType<EntityManager>(projectionRoutes) },
        { group: `${SCHEMA}.dead-letters`, ...handlersByType<EntityManager>(deadLetterRoutes(deadLetters)) },
        { group: `${SCHEMA}.resources`, ...handlersByType<EntityManager>([resourceSnapshots({ outbox, owned: [ownedCenters] })]) },
        { group: `${SCHEMA}.log`, patterns: ['#'], skip: isNoise, work: log },
      ]);
      forgetting = startRepeating({ everyMs: HOUR_MS, work: forget, logger });
    },
    async stop() {
      await forgetting?.stop();
      await messaging.stop();
    },
  });
  return Object.assign(subgraph, { ensureDefaultCenter: (center: { name: string; timeZone: string }) => centers.ensureDefault(everywhere(), center) });
}
