import { systemActor } from '@vss/auth';
import { openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import { handlersByType, type Broker } from '@vss/events';
import { batchById, buildSubgraph, createMessaging, createSubgraph, ownedRows, resourceSnapshots, erasureRoute, stub, type Scope, type Subgraph } from '@vss/graphql';
import { type Logger, newId as typeId, type NewId, newTraceId, type Now, systemNow } from '@vss/runtime';
import {
  Call,
  CallLeg,
  CallPayload,
  CallResolver,
  callRoutes,
  createCallLifecycle,
  createCallService,
  LeadCallsResolver,
  personalHoldings,
  PersonDataResolver,
  UserCallsResolver,
  visibleCalls,
  visibleCdrs,
} from './calls/index.js';
import { Cdr, CdrResolver } from './cdrs/index.js';
import { Command, commandRoutes, createCommandService } from './commands/index.js';
import { createLeaseService, LeaseResolver, SlotLease, SlotLeasePayload } from './leases/index.js';
import { CenterProjection, HubProjection, LeadProjection, projectionRoutes, UserProjection } from './projections/index.js';
import { DEFAULT_SETTINGS, type TelephonySettings } from './settings.js';
import { createSlotKeeper, createSlotMoves, createSlotService, Slot, SlotPayload, SlotResolver, slotRoutes } from './slots/index.js';
import { CenterStub, HubStub, LeadStub, UserStub } from './stubs.js';
import { createSuppressionService, Suppression, SuppressionPayload, SuppressionResolver } from './suppressions/index.js';
import { createTrunkService, Trunk, TrunkPayload, TrunkResolver, type TrunkCreateInput } from './trunks/index.js';

const SCHEMA = 'telephony';

export interface TelephonyOptions {
  readonly target: DatabaseTarget;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly settings?: Partial<TelephonySettings>;
  readonly now?: Now;
  readonly newId?: NewId;
}

export interface Telephony extends Subgraph {
  /** A trunk to begin with; made once for each key in a center, however often it is asked for. */
  ensureTrunk(centerId: string, input: TrunkCreateInput): Promise<Trunk>;
  /** Looks once at everything that is due. The running subgraph does so by itself; tests with a clock of their own ask. */
  look(): Promise<number>;
}

/**
 * Trunks, slots, leases, calls. Keeps four projections: of leads (crm), to decide who sees a call and which lead it may
 * be started with; of users (identity), to know who shares a team; of hubs (devices), to decide whether a slot can be in service; of centers (operations), to make
 * trunks only where there is one.
 */
export async function createTelephony({ target, broker, logger: parent, now = systemNow, newId = typeId, ...options }: TelephonyOptions): Promise<Telephony> {
  const settings: TelephonySettings = { ...DEFAULT_SETTINGS, ...options.settings };
  const logger = parent.child({ subgraph: SCHEMA });
  const entities = [Trunk, Slot, SlotLease, Call, CallLeg, Cdr, Suppression, Command, LeadProjection, HubProjection, CenterProjection, UserProjection];
  const orm = await openOrm({ target, contextName: SCHEMA, schema: SCHEMA, entities, poolSize: 10, logger });
  const messaging = createMessaging({ name: SCHEMA, target, orm, broker, logger, now });
  const { outbox, everywhere } = messaging;

  const moves = createSlotMoves({ outbox, now });
  const commands = createCommandService({ outbox, newId, now, settings });
  const leases = createLeaseService({ moves, newId, now, settings });
  const lifecycle = createCallLifecycle({ outbox, moves, leases, commands, newId, now, settings });
  const calls = createCallService({ outbox, moves, leases, commands, newId, now, settings });
  const slots = createSlotService({ moves, leases, commands, breakOffCall: lifecycle.breakOff, now, settings });
  const trunks = createTrunkService({ outbox, newId, now });
  const suppressions = createSuppressionService({ outbox, newId, now });
  const keeper = createSlotKeeper({ fork: everywhere, slots, leases, commands, giveUpCall: lifecycle.giveUp, logger, now, lookEveryMs: settings.lookEveryMs });

  const consumers = handlersByType<EntityManager>([
    ...callRoutes({ lifecycle, calls }),
    ...slotRoutes(slots),
    ...commandRoutes({ commands, onCallNotPlaced: lifecycle.notPlaced, onNotRegistered: slots.notRegistered, onNotChecked: slots.notChecked }),
    ...projectionRoutes({ now }),
    erasureRoute({ subgraph: SCHEMA, outbox, holdings: personalHoldings }),
  ]);

  // A group of its own: what is asked for once holds up no call.
  const owned = [ownedRows('CALL', Call, ({ operatorId: ownerId, leadId }) => ({ ownerId, leadId })), ownedRows('SLOT', Slot), ownedRows('TRUNK', Trunk)];
  const snapshots = { group: `${SCHEMA}.resources`, ...handlersByType<EntityManager>([resourceSnapshots({ outbox, owned })]) };

  const build = await buildSubgraph({
    name: SCHEMA,
    resolvers: [
      new TrunkResolver(trunks),
      new SlotResolver(slots),
      new LeaseResolver(leases),
      new CallResolver(calls),
      new SuppressionResolver(suppressions),
      CdrResolver,
      UserCallsResolver,
      LeadCallsResolver,
      PersonDataResolver,
    ],
    orphanedTypes: [Trunk, Slot, SlotLease, Call, CallLeg, Cdr, Suppression, TrunkPayload, SlotPayload, SlotLeasePayload, CallPayload, SuppressionPayload, UserStub, LeadStub, CenterStub, HubStub],
    references: {
      Trunk: ({ id }: { id: string }, scope: Scope) => batchById(scope, Trunk)(id),
      Slot: ({ id }: { id: string }, scope: Scope) => batchById(scope, Slot)(id),
      Call: ({ id }: { id: string }, scope: Scope) => batchById<Call>(scope, Call, visibleCalls(scope.actor))(id),
      Cdr: ({ id }: { id: string }, scope: Scope) => batchById<Cdr>(scope, Cdr, visibleCdrs(scope.actor))(id),
      User: ({ id }: { id: string }) => stub(UserStub, id),
      Lead: ({ id }: { id: string }) => stub(LeadStub, id),
    },
  });

  const subgraph = createSubgraph({
    name: SCHEMA,
    build,
    orm,
    logger,
    now,
    live: { schema: SCHEMA, tail: messaging.tail },
    onDenied: messaging.onDenied,
    audit: messaging.audit,
    async start() {
      await messaging.start([consumers, snapshots]);
      keeper.start();
    },
    async stop() {
      await keeper.stop();
      await messaging.stop();
    },
  });
  return Object.assign(subgraph, {
    ensureTrunk(centerId: string, input: TrunkCreateInput) {
      const scope = subgraph.scopeFor({ actor: systemActor(centerId), traceId: newTraceId() });
      // Keys are an actor's own, and the platform is one actor in all centers.
      const { idempotencyKey, ...rest } = input;
      return trunks.create(scope, { ...rest, idempotencyKey: `${centerId} ${idempotencyKey}` });
    },
    look: () => keeper.look(),
  });
}
