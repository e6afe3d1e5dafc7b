import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, silentLogger } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { createInProcessBroker, DeviceAnnounced, HubAnnounced, HubHeartbeat, HubLeft, TelemetrySampled, type Message, type PayloadOf } from '@vss/events';
import { aMessage, anActor, ask, countStatements, startTestDatabase, waitFor, type Answer, type TestDatabase } from '@vss/testing';
import { undescribed } from '@vss/graphql';
import { createDevices, migrations, type Devices } from './index.js';

let database: TestDatabase;
let devices: Devices;
const broker = createInProcessBroker({ logger: silentLogger });
const sent: Message[] = [];
let now = new Date('2026-11-22T12:00:00.000Z');

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [migrations] });
  const settings = { heartbeatMs: 100, reapEveryMs: 10 };
  devices = await createDevices({ target: database.target, broker, logger: silentLogger, settings, now: () => now });
  await devices.start();
  await broker.subscribe({ group: 'test', patterns: ['devices.#', 'identity.#'], handler: async (message) => void sent.push(message), onDead: async () => undefined });
});

afterAll(async () => {
  await devices?.stop();
  await broker.close();
  await database?.stop();
});

const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];
const instant = (): string => now.toISOString();
const eventsOf = (aggregateId: string): [string, unknown][] => sent.filter((message) => message.aggregateId === aggregateId).map(({ type, payload }) => [type, payload]);

async function aHub(centerId = newId('ctr'), hubId = newId('hub')) {
  await broker.publish(aMessage(HubAnnounced, { hubId, name: 'Bench', simulated: true, at: instant(), adapters: { CallControl: 'simulated' } }, { centerId }));
  return { hubId, centerId, supervisor: anActor({ role: 'supervisor', centerId }), operator: anActor({ role: 'operator', centerId }) };
}
type Announced = PayloadOf<typeof DeviceAnnounced>;
async function announce(hub: { hubId: string; centerId: string }, more: Partial<Announced> = {}): Promise<Announced> {
  const device: Announced = { hubId: hub.hubId, serial: newId('sn'), model: 'Pixel 4a', kind: 'MF', simulated: true, online: true, slotId: newId('slot'), at: instant(), ...more };
  await broker.publish(aMessage(DeviceAnnounced, device, { centerId: hub.centerId }));
  return device;
}
type Reading = PayloadOf<typeof TelemetrySampled>['readings'][number];
const aReading = (serial: string, more: Partial<Reading> = {}): Reading => ({ serial, cpuPercent: 12.5, ramPercent: 40, temperatureCelsius: 31, batteryPercent: 80, linkPercent: 90, at: instant(), ...more });
const sample = (hub: { hubId: string; centerId: string }, ...readings: Reading[]): Promise<void> => broker.publish(aMessage(TelemetrySampled, { hubId: hub.hubId, readings }, { centerId: hub.centerId }));

const TELEMETRY = 'telemetry { at cpuPercent ramPercent temperatureCelsius batteryPercent linkPercent linkState }';
const slots = async (actor: Actor, ids: (string | null)[], fields: string): Promise<Answer> =>
  ask(devices, actor, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Slot { ${fields} } } }`, { r: ids.map((id) => ({ __typename: 'Slot', id })) });
const hubOf = async (actor: Actor, id: string): Promise<Record<string, unknown>> => (await ask(devices, actor, 'query ($id: ID!) { hub(id: $id) { name simulated online version lastSeenAt } }', { id })).data.hub;

describe('a hub', () => {
  it('announces itself and is registered once', async () => {
    const hub = await aHub();
    expect(await hubOf(hub.supervisor, hub.hubId)).toEqual({ name: 'Bench', simulated: true, online: true, version: 1, lastSeenAt: instant() });
    await aHub(hub.centerId, hub.hubId);
    await waitFor(() => eventsOf(hub.hubId).length === 2);
    expect(eventsOf(hub.hubId).map(([type]) => type)).toEqual(['devices.hub.registered', 'devices.hub.updated']);
  });

  it('leaves, and comes back with its next heartbeat', async () => {
    const hub = await aHub();
    await broker.publish(aMessage(HubLeft, { hubId: hub.hubId, at: instant() }, { centerId: hub.centerId }));
    expect((await hubOf(hub.supervisor, hub.hubId))['online']).toBe(false);
    await broker.publish(aMessage(HubHeartbeat, { hubId: hub.hubId, at: instant() }, { centerId: hub.centerId }));
    expect((await hubOf(hub.supervisor, hub.hubId))['online']).toBe(true);
    await waitFor(() => eventsOf(hub.hubId).length === 3);
    expect(eventsOf(hub.hubId).map(([, payload]) => (payload as { hub: { online: boolean } }).hub.online)).toEqual([true, false, true]);
  });

  it('that misses three heartbeats is offline, and a heartbeat that waited in a queue does not bring it back', async () => {
    const hub = await aHub();
    const old = instant();
    now = new Date(now.getTime() + 61_000);
    await waitFor(async () => (await hubOf(hub.supervisor, hub.hubId))['online'] === false);
    await broker.publish(aMessage(HubHeartbeat, { hubId: hub.hubId, at: old }, { centerId: hub.centerId }));
    expect((await hubOf(hub.supervisor, hub.hubId))['online']).toBe(false);
  });

  it('tells nothing of its heartbeats', async () => {
    const hub = await aHub();
    for (let beat = 0; beat < 3; beat += 1) await broker.publish(aMessage(HubHeartbeat, { hubId: hub.hubId, at: instant() }, { centerId: hub.centerId }));
    await aHub(hub.centerId, hub.hubId);
    await waitFor(() => eventsOf(hub.hubId).length >= 2);
    expect(eventsOf(hub.hubId)).toHaveLength(2);
  });

  it('that names no center is kept as a dead letter when there is no default one', async () => {
    const hubId = newId('hub');
    await broker.publish(aMessage(HubAnnounced, { hubId, name: 'Stray', simulated: true, at: instant(), adapters: {} }));
    const { rows } = await database.pool(1).query('select reason from devices.dead_letter where subject_id = $1', [hubId]);
    expect(rows[0].reason).toContain('names no center');
  });
});

describe('a device', () => {
  it('R-182: shows what it measures on its slot', async () => {
    const hub = await aHub();
    const device = await announce(hub);
    await sample(hub, aReading(device.serial), aReading('unknown'));
    const answer = await slots(hub.supervisor, [device.slotId, newId('slot')], `device { serial kind simulated online hub { id name } slot { id } } ${TELEMETRY}`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data['_entities']).toEqual([
      {
        device: { serial: device.serial, kind: 'MF', simulated: true, online: true, hub: { id: hub.hubId, name: 'Bench' }, slot: { id: device.slotId } },
        telemetry: { at: instant(), cpuPercent: 12.5, ramPercent: 40, temperatureCelsius: 31, batteryPercent: 80, linkPercent: 90, linkState: 'GOOD' },
      },
      { device: null, telemetry: null },
    ]);
    await waitFor(() => eventsOf(hub.hubId).length > 0);
    expect(eventsOf(hub.hubId)).toHaveLength(1);
  });

  it('keeps its latest reading, and the last of each minute', async () => {
    const hub = await aHub();
    const device = await announce(hub);
    const from = now.getTime() - 180_000;
    const at = (seconds: number): string => new Date(from + seconds * 1000).toISOString();
    await sample(hub, aReading(device.serial, { at: at(0), cpuPercent: 1 }));
    await sample(hub, aReading(device.serial, { at: at(70), cpuPercent: 3 }), aReading(device.serial, { at: at(65), cpuPercent: 2 }));
    const late = aMessage(TelemetrySampled, { hubId: hub.hubId, readings: [aReading(device.serial, { at: at(61), cpuPercent: 9, batteryPercent: null })] }, { centerId: hub.centerId });
    await broker.publish(late);
    await broker.publish(late);
    const answer = await slots(hub.supervisor, [device.slotId], 'telemetry { cpuPercent batteryPercent } device { telemetryHistory(minutes: 10) { cpuPercent } }');
    expect(answer.data['_entities'][0]).toEqual({ telemetry: { cpuPercent: 3, batteryPercent: 80 }, device: { telemetryHistory: [{ cpuPercent: 1 }, { cpuPercent: 3 }] } });
    expect(codeOf(await slots(hub.supervisor, [device.slotId], 'device { telemetryHistory(minutes: 100000) { at } }'))).toBe('BAD_USER_INPUT');
  });

  it('tells its slot when it overheats, and when it is fit again', async () => {
    const hub = await aHub();
    const device = await announce(hub);
    for (const temperatureCelsius of [69, 70, 75, 66, 64]) await sample(hub, aReading(device.serial, { temperatureCelsius }));
    const slotId = device.slotId as string;
    await waitFor(() => eventsOf(slotId).length === 2);
    expect(eventsOf(slotId)).toEqual([
      ['devices.device.faulted', { deviceId: expect.any(String), slotId, reason: 'OVERHEAT', detail: `Device ${device.serial}: 70 °C or hotter` }],
      ['devices.device.restored', { deviceId: expect.any(String), slotId }],
    ]);
  });

  it('tells its slot when its hub loses it, and when it runs out of battery', async () => {
    const hub = await aHub();
    const device = await announce(hub);
    const slotId = device.slotId as string;
    await announce(hub, { ...device, online: false });
    await sample(hub, aReading(device.serial, { batteryPercent: 5 }));
    await announce(hub, { ...device, online: true });
    await sample(hub, aReading(device.serial, { batteryPercent: 10 }));
    await waitFor(() => eventsOf(slotId).length === 3);
    expect(eventsOf(slotId).map(([type, payload]) => [type.split('.').at(-1), (payload as { reason?: string }).reason])).toEqual([
      ['faulted', 'DEVICE_OFFLINE'],
      ['faulted', 'BATTERY'],
      ['restored', undefined],
    ]);
  });

  it('takes a slot over from the one that served it', async () => {
    const hub = await aHub();
    const first = await announce(hub);
    const second = await announce(hub, { slotId: first.slotId });
    expect((await slots(hub.supervisor, [first.slotId], 'device { serial }')).data['_entities'][0].device.serial).toBe(second.serial);
  });

  it('is not there while its hub is away', async () => {
    const hub = await aHub();
    const device = await announce(hub);
    const online = async (filter: boolean): Promise<unknown> =>
      (await ask(devices, hub.supervisor, 'query ($online: Boolean) { devices(filter: { online: $online }) { nodes { serial online } } }', { online: filter })).data.devices.nodes;
    expect(await online(true)).toEqual([{ serial: device.serial, online: true }]);
    await broker.publish(aMessage(HubLeft, { hubId: hub.hubId, at: instant() }, { centerId: hub.centerId }));
    expect(await online(true)).toEqual([]);
    expect(await online(false)).toEqual([{ serial: device.serial, online: false }]);
  });
});

describe('rights', () => {
  it('R-154: show a seller no device', async () => {
    const hub = await aHub();
    const device = await announce(hub);
    const seller = anActor({ role: 'seller', centerId: hub.centerId });
    for (const query of ['{ hubs { totalCount } }', '{ devices { totalCount } }', `{ hub(id: "${hub.hubId}") { id } }`]) expect(codeOf(await ask(devices, seller, query))).toBe('FORBIDDEN');
    const answer = await slots(seller, [device.slotId], 'id device { id } telemetry { at }');
    expect(answer.data['_entities'][0]).toEqual({ id: device.slotId, device: null, telemetry: null });
    await waitFor(() => sent.some(({ type, actor }) => type === 'identity.access.denied' && actor === seller.userId));
  });

  it('show nobody what belongs to another center', async () => {
    const hub = await aHub();
    const device = await announce(hub);
    await sample(hub, aReading(device.serial));
    const stranger = anActor({ role: 'supervisor' });
    expect((await ask(devices, stranger, '{ hubs { totalCount } devices { totalCount } }')).data).toEqual({ hubs: { totalCount: 0 }, devices: { totalCount: 0 } });
    expect(codeOf(await ask(devices, stranger, `{ hub(id: "${hub.hubId}") { id } }`))).toBe('NOT_FOUND');
    expect((await slots(stranger, [device.slotId], 'device { id } telemetry { at }')).data['_entities'][0]).toEqual({ device: null, telemetry: null });
    const admin = anActor({ role: 'admin' });
    expect((await slots(admin, [device.slotId], 'device { serial }')).data['_entities'][0].device.serial).toBe(device.serial);
  });
});

it('describes everything that clients see', () => expect(undescribed(devices.schema)).toEqual([]));

describe('statements', () => {
  it('are as few for many slots as for two', async () => {
    const hub = await aHub();
    const make = async (count: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let index = 0; index < count; index += 1) {
        const device = await announce(hub);
        await sample(hub, aReading(device.serial));
        ids.push(device.slotId as string);
      }
      return ids;
    };
    const measure = (ids: string[]): Promise<number> =>
      countStatements(devices.scopeFor({ actor: hub.supervisor, traceId: 't' }).em, async () => {
        const answer = await slots(hub.supervisor, ids, `device { serial online hub { name } telemetryHistory { at } ${TELEMETRY} } ${TELEMETRY}`);
        expect(answer.data['_entities'].every((slot: { telemetry: unknown }) => slot.telemetry)).toBe(true);
        const lists = await ask(devices, hub.supervisor, '{ hubs { nodes { devices { nodes { telemetry { at } hub { name } } totalCount } } } }');
        expect(lists.errors).toBeUndefined();
      });
    const few = await make(2);
    const atTwo = await measure(few);
    expect(await measure([...few, ...(await make(20))])).toBe(atTwo);
    expect(atTwo).toBeGreaterThan(5);
    expect(atTwo).toBeLessThanOrEqual(10);
  });
});
