import { newId as typeId, startRepeating, systemNow, type Logger, type NewId, type Now } from '@vss/runtime';
import { createPool, forkFor, openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import { createInbox, createOutbox, createRelay, handlersByType, startConsumer, type Broker, type Subscription } from '@vss/events';
import { batchById, buildSubgraph, createDenialReports, createSubgraph, type Scope, type Subgraph } from '@vss/graphql';
import { createDeviceService, Device, DeviceResolver, deviceRoutes, HubDevicesResolver, SlotDeviceResolver } from './devices/index.js';
import { createHubService, Hub, HubResolver, hubRoutes, MISSED_HEARTBEATS } from './hubs/index.js';
import { CenterStub, SlotStub, stub } from './stubs.js';
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
  const pool = createPool(target, { applicationName: `vss-${SCHEMA}-relay` });
  const outbox = createOutbox({ schema: SCHEMA, now });
  const relay = createRelay({ pool, schema: SCHEMA, broker, logger });
  const denials = createDenialReports({ fork: () => forkFor(orm, 'ALL'), outbox, logger, now });

  const hubs = createHubService({ outbox, heartbeatMs, defaultCenterId, now });
  const devices = createDeviceService({ outbox, defaultCenterId, newId, now });
  const { patterns, work } = handlersByType<EntityManager>([...hubRoutes(hubs), ...deviceRoutes(devices)]);
  const inbox = createInbox<EntityManager>({ fork: (centerId) => forkFor(orm, centerId ?? 'ALL'), schema: SCHEMA, group: SCHEMA, outbox, logger });

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

  const running: (Subscription | { stop(): Promise<void> })[] = [];
  const subgraph = createSubgraph({
    name: SCHEMA,
    build,
    orm,
    logger,
    now,
    onDenied: denials.onDenied,
    async start() {
      running.push(await startConsumer({ broker, inbox, group: SCHEMA, patterns, work, logger }));
      await relay.start();
      // While this process was down nobody wrote the heartbeats down: each hub gets the time to be heard of first.
      running.push(startRepeating({ everyMs: reapEveryMs, firstAfterMs: MISSED_HEARTBEATS * heartbeatMs, work: () => hubs.reap(forkFor(orm, 'ALL'), newId('trace')), logger }));
      running.push(startRepeating({ everyMs: 600_000, work: () => forgetHistory(forkFor(orm, 'ALL'), now()), logger }));
    },
    async stop() {
      await Promise.all(running.map((each) => each.stop()));
      await denials.settled();
      await relay.stop();
      await pool.end();
    },
  });
  return Object.assign(subgraph, { snapshotHubs: () => hubs.snapshot(forkFor(orm, 'ALL'), newId('trace')) });
}
