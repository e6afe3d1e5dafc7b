import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallOriginate, CommandStarted, CommandSucceeded } from '@vss/events';
import { waitFor } from '@vss/testing';
import { aCenter, startPlatform, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

async function aCommand() {
  const center = await aCenter(platform, { slots: 1 });
  await center.start({ slotSelector: {} });
  const command = await center.hub.next(CallOriginate);
  const row = async () => (await platform.pool.query('select * from telephony.command where id = $1', [command.commandId])).rows[0];
  const is = (status: string) => waitFor(async () => (await row()).status === status, 5_000, status);
  const about = { hubId: center.hub.id, commandId: command.commandId, slotId: command.slotId, at: platform.clock.now().toISOString() };
  return { center, command, row, is, about };
}

describe('a command', () => {
  it('goes from QUEUED over DISPATCHED and STARTED to SUCCEEDED', async () => {
    const { center, row, is, about, command } = await aCommand();
    await is('DISPATCHED');
    expect(await row()).toMatchObject({ type: 'hub.call.originate', hub_id: center.hub.id, fencing_token: 1, payload: { phoneNumber: command.phoneNumber }, actor_id: center.operator.userId });
    await center.hub.say(CommandStarted, about, 2);
    expect(await row()).toMatchObject({ status: 'STARTED' });
    await center.hub.say(CommandSucceeded, about, 2);
    expect(await row()).toMatchObject({ status: 'SUCCEEDED', failure_code: null });
    await center.hub.say(CommandStarted, about);
    expect(await row()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('of which nothing is heard is EXPIRED, before and after it was started; what is heard then counts', async () => {
    const { center, row, is, about } = await aCommand();
    platform.clock.pass(21_000);
    await is('EXPIRED');
    await center.hub.say(CommandSucceeded, about);
    expect(await row()).toMatchObject({ status: 'SUCCEEDED' });
    const second = await aCommand();
    await second.center.hub.say(CommandStarted, second.about);
    platform.clock.pass(66_000);
    await second.is('EXPIRED');
  });

  it('that fails says why', async () => {
    const { center, command, row } = await aCommand();
    await center.hub.commandFailed(command, 'REFUSED');
    expect(await row()).toMatchObject({ status: 'FAILED', failure_code: 'REFUSED', failure_reason: 'because REFUSED' });
  });

  it('is forgotten a week after its end', async () => {
    const { center, command, row } = await aCommand();
    await center.hub.commandFailed(command, 'REFUSED');
    platform.clock.pass(6 * 86_400_000);
    await platform.telephony.look();
    expect(await row()).toMatchObject({ status: 'FAILED' });
    platform.clock.pass(86_400_000);
    await waitFor(async () => (await row()) === undefined);
  });
});
