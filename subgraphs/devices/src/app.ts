import { type Logger, newId as typeId, type NewId, newTraceId, type Now, startRepeating, systemNow } from '@vss/runtime';
import { openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import { handlersByType, type Broker } from '@vss/events';
import { batchById, buildSubgraph, createMessaging, createSubgraph, ownedRows, resourceSnapshots, erasureRoute, stub, type Scope, type Subgraph } from '@vss/graphql';
import { createDeviceService, Device, DeviceResolver, deviceRoutes, HubDevicesResolver, SlotDeviceResolver } from './devices/index.js';
import { createHubService, Hub, HubResolver, hubRoutes, MISSED_HEARTBEATS } from './hubs/index.js';
import { CenterStub, SlotStub } from './stubs.js';
import { forgetHistory, Telemetry, TelemetryResolver } from './telemetry/index.js';

const SCHEMA = 'devices';

export interface DevicesSettings {
  /** Takes the hubs that name no center. */
  readonly defaultCenterId?: string | undefined;
  /** How far apart the heartbeats of a hub may be; they come every three seconds, the rest is for slow networks. One that misses three is offline. */
  readonly heartbeatMs?: number | undefined;
  /** How often silent hubs are looked for. */
  readonly reapEveryMs?: number | undefined;
}

export interface DevicesOptions {
  readonly target: DatabaseTarget;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly now?: Now;
  readonly newId?: NewId;
  readonly settings?: DevicesSettings;
}

export interface Devices extends Subgraph {
  /** Says every hub again, for other subgraphs' projections. */
  snapshotHubs(): Promise<void>;
}

/** Hubs, their devices and what these measure. All of it comes from hub-runners' events; no projection is kept. */
export async function createDevices({ target, broker, logger: parent, now = systemNow, newId = typeId, settings = {} }: DevicesOptions): Promise<Devices> {
  const { defaultCenterId, heartbeatMs = 5_000, reapEveryMs = 1_000 } = settings;
  const logger = parent.child({ subgraph: SCHEMA });
  const orm = await openOrm({ target, contextName: SCHEMA, schema: SCHEMA, entities: [Hub, Device, Telemetry], logger });
  const messaging = createMessaging({ name: SCHEMA, target, orm, broker, logger, now });
  const { outbox, everywhere } = messaging;

  const hubs = createHubService({ outbox, heartbeatMs, defaultCenterId, now });
  const devices = createDeviceService({ outbox, defaultCenterId, newId, now });
  // Heartbeats have a group of their own: behind hundreds of new devices they would come late, and a hub that is well
  // would be taken for lost.
  const consumers = [{ group: `${SCHEMA}.hubs`, ...handlersByType<EntityManager>(hubRoutes(hubs)) }, handlersByType<EntityManager>([...deviceRoutes(devices), erasureRoute({ subgraph: SCHEMA, outbox, holdings: [] })])];

  const snapshots = { group: `${SCHEMA}.resources`, ...handlersByType<EntityManager>([resourceSnapshots({ outbox, owned: [ownedRows('HUB', Hub), ownedRows('DEVICE', Device)] })]) };

  const build = await buildSubgraph({
    name: SCHEMA,
    resolvers: [HubResolver, DeviceResolver, HubDevicesResolver, SlotDeviceResolver, TelemetryResolver],
    orphanedTypes: [Hub, Device, Telemetry, SlotStub, CenterStub],
    references: {
      Hub: ({ id }: { id: string }, scope: Scope) => batchById(scope, Hub)(id),
      Device: ({ id }: { id: string }, scope: Scope) => batchById(scope, Device)(id),
      Slot: ({ id }: { id: string }) => stub(SlotStub, id),
      Center: ({ id }: { id: string }) => stub(CenterStub, id),
    },
  });

  const repeating: { stop(): Promise<void> }[] = [];
  const subgraph = createSubgraph({
    name: SCHEMA,
    build,
    orm,
    logger,
    now,
    onDenied: messaging.onDenied,
    audit: messaging.audit,
    async start() {
      await messaging.start([...consumers, snapshots]);
      // While this process was down nobody wrote the heartbeats down: each hub gets the time to be heard of first.
      repeating.push(startRepeating({ everyMs: reapEveryMs, firstAfterMs: MISSED_HEARTBEATS * heartbeatMs, work: () => hubs.reap(everywhere(), newTraceId()), logger }));
      repeating.push(startRepeating({ everyMs: 600_000, work: () => forgetHistory(everywhere(), now()), logger }));
    },
    async stop() {
      await Promise.all(repeating.map((each) => each.stop()));
      await messaging.stop();
    },
  });
  return Object.assign(subgraph, { snapshotHubs: () => hubs.snapshot(everywhere(), newTraceId()) });
}
