import { afterEach, describe, expect, it } from 'vitest';
import { HubHeartbeat, HubLeft, TelemetrySampled, type Broker } from '@vss/events';
import { newId, silentLogger, systemNow } from '@vss/runtime';
import { openJournal } from '../journal/index.js';
import { aBroker, aFolder, hear } from '../testing/rig.js';
import { createReports } from './reports.js';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const hubId = newId('hub');
const at = new Date().toISOString();

async function someReports(wrap: (broker: Broker) => Broker = (broker) => broker) {
  const { dir, remove } = await aFolder();
  const broker = aBroker();
  const heard = await hear(broker);
  const journal = await openJournal({ dir, logger: silentLogger, now: systemNow });
  const reports = createReports({ journal, broker: wrap(broker), logger: silentLogger, now: systemNow, newId, centerId: 'ctr_test' });
  cleanUps.push(remove, () => broker.close(), () => journal.close(), () => reports.stop(0));
  return { reports, heard };
}

describe('what is sent once', () => {
  it('does not keep another type away that comes at the same instant, as telemetry and heartbeat do', async () => {
    const { reports, heard } = await someReports();
    await Promise.all([reports.sendOnce(HubHeartbeat, { hubId, at }), reports.sendOnce(TelemetrySampled, { hubId, readings: [] })]);
    await heard.next(TelemetrySampled);
    expect(heard.messages.map(({ type, sequence }) => [type, sequence])).toEqual([
      [HubHeartbeat.type, 1],
      [TelemetrySampled.type, 2],
    ]);
  });

  it('is left out while the one before it is still under way, and while a lasting report waits', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { reports, heard } = await someReports((broker) => ({ ...broker, publish: (message) => held.then(() => broker.publish(message)) }));
    const first = reports.sendOnce(HubHeartbeat, { hubId, at });
    await reports.sendOnce(HubHeartbeat, { hubId, at });
    await reports.append([reports.report(HubLeft, { hubId, at })]);
    await reports.sendOnce(TelemetrySampled, { hubId, readings: [] });
    letGo();
    await first;
    await heard.next(HubLeft);
    expect(heard.messages.map(({ type }) => type)).toEqual([HubHeartbeat.type, HubLeft.type]);
  });
});
