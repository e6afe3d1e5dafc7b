import { type Logger, newId as typeId, type NewId, newTraceId, type Now, systemNow } from '@vss/runtime';
import { forkFor, openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import { handlersByType, type Broker, type Message } from '@vss/events';
import { batchById, buildSubgraph, createMessaging, createSubgraph, ownedRows, resourceSnapshots, erasureRoute, stub, type Scope, type Subgraph } from '@vss/graphql';
import { createArrivals } from './arrivals/index.js';
import { CallProjection, callRoutes } from './calls/index.js';
import { createLeadService, Lead, LeadPayload, LeadResolver, leadsWithin, UserLeadsResolver, type LeadDraft } from './leads/index.js';
import { createMatchingService } from './matching/index.js';
import { CallNotesResolver, createNoteService, LeadNotesResolver, Note, NotePayload, NoteResolver, NoteRevision } from './notes/index.js';
import { personalHoldings, PersonDataResolver } from './personal-data/index.js';
import { CallStub, CenterStub, UserStub } from './stubs.js';
import { UserProjection, userRoutes } from './users/index.js';

const SCHEMA = 'crm';

export interface CrmOptions {
  readonly target: DatabaseTarget;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly now?: Now;
  readonly newId?: NewId;
}

export interface Crm extends Subgraph {
  /** Leads to begin with; those whose number the center has already are left as they are. */
  ensureLeads(centerId: string, leads: readonly LeadDraft[]): Promise<{ id: string; phone: string }[]>;
  /** Says every lead again, for other subgraphs' projections. Gives how many there are. */
  snapshotLeads(): Promise<number>;
}

/**
 * Leads and notes. Keeps two projections: of calls (telephony), to decide who may write on which call and which lead a
 * note hangs on, and of users (identity), to decide whom a lead can be assigned to and whose rows a team shares.
 */
export async function createCrm({ target, broker, logger: parent, now = systemNow, newId = typeId }: CrmOptions): Promise<Crm> {
  const logger = parent.child({ subgraph: SCHEMA });
  const orm = await openOrm({ target, contextName: SCHEMA, schema: SCHEMA, entities: [Lead, Note, NoteRevision, CallProjection, UserProjection], logger });
  const messaging = createMessaging({ name: SCHEMA, target, orm, broker, logger, now });
  const { outbox, everywhere } = messaging;

  const arrivals = createArrivals();
  const leads = createLeadService({ outbox, arrivals, newId, now });
  const notes = createNoteService({ outbox, arrivals, newId, now });
  const erasure = erasureRoute({ subgraph: SCHEMA, outbox, holdings: personalHoldings });
  const consumers = handlersByType<EntityManager>([...callRoutes(createMatchingService({ outbox })), ...userRoutes, erasure]);

  const owned = [
    ownedRows('LEAD', Lead, ({ assignedSellerId: ownerId, assignedOperatorId: assigneeId }) => ({ ownerId, assigneeId })),
    ownedRows('NOTE', Note, ({ authorId: ownerId, leadId, callId }) => ({ ownerId, leadId, callId })),
  ];
  const snapshots = { group: `${SCHEMA}.resources`, ...handlersByType<EntityManager>([resourceSnapshots({ outbox, owned })]) };

  const build = await buildSubgraph({
    name: SCHEMA,
    resolvers: [new LeadResolver(leads), new NoteResolver(notes), UserLeadsResolver, LeadNotesResolver, CallNotesResolver, PersonDataResolver],
    orphanedTypes: [Lead, Note, LeadPayload, NotePayload, UserStub, CallStub, CenterStub],
    references: {
      Lead: ({ id }: { id: string }, scope: Scope) => batchById<Lead>(scope, Lead, leadsWithin(scope.actor, 'leads:read'))(id),
      Note: ({ id }: { id: string }, scope: Scope) => notes.find(scope, id),
      User: ({ id }: { id: string }) => stub(UserStub, id),
      Call: ({ id }: { id: string }) => stub(CallStub, id),
      Center: ({ id }: { id: string }) => stub(CenterStub, id),
    },
  });

  const subgraph = createSubgraph({
    name: SCHEMA,
    build,
    orm,
    logger,
    now,
    onDenied: messaging.onDenied,
    audit: messaging.audit,
    // Who waits for a call or a user is woken as soon as its event is stored.
    start: () => messaging.start([{ ...consumers, onHandled: ({ aggregateId }: Message) => arrivals.announce(aggregateId) }, snapshots]),
    stop: () => messaging.stop(),
  });
  return Object.assign(subgraph, {
    ensureLeads: (centerId: string, drafts: readonly LeadDraft[]) => leads.ensure(forkFor(orm, centerId), centerId, drafts, newTraceId()),
    snapshotLeads: () => leads.snapshot(everywhere(), newTraceId()),
  });
}
