import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { connect as connectAmqp } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Asterisk } from './asterisk.ts';
import { startBaresip } from './baresip.ts';
import { findChromium } from './chromium.ts';
import { startRabbitMq } from './rabbitmq.ts';
import { startRedis } from './redis.ts';
import { markedProcesses, programOf, type Service, until } from './service.ts';
import { startTelephony, type Telephony } from './telephony.ts';

interface AriEvent {
  type: string;
  cause?: number;
  channel?: { id: string; state: string };
  args?: string[];
}

/** The application's events since it connected, each awaited once. */
async function listen(asterisk: Asterisk) {
  const socket = new WebSocket(asterisk.eventsUrl);
  const events: AriEvent[] = [];
  socket.addEventListener('message', ({ data }) => events.push(JSON.parse(String(data)) as AriEvent));
  await once(socket, 'open');
  async function next(type: string, test: (event: AriEvent) => boolean = () => true): Promise<AriEvent> {
    let found: AriEvent | undefined;
    await until(`${type} among ${events.map((event) => event.type).join(' ')}`, () => {
      found = events.find((event) => event.type === type && test(event));
      return found !== undefined;
    });
    events.splice(events.indexOf(found!), 1);
    return found!;
  }
  return { next, of: (type: string, id: string) => next(type, (event) => event.channel?.id === id), close: () => socket.close() };
}

async function left(service: Service): Promise<string[]> {
  await service.stop();
  expect(existsSync(service.dir)).toBe(false);
  return markedProcesses().map(programOf);
}

describe('RabbitMQ', () => {
  it('confirms persistent messages, and has them after a power cut', async () => {
    const rabbit = await startRabbitMq();
    onTestFinished(() => rabbit.stop());
    const types = ['classic', 'quorum'] as const;
    const before = await connectAmqp(rabbit.url);
    before.on('error', () => {}); // the cut below
    const sender = await before.createConfirmChannel();
    for (const type of types) {
      await sender.assertQueue(type, { durable: true, arguments: { 'x-queue-type': type } });
      sender.sendToQueue(type, Buffer.from(`kept in ${type}`), { persistent: true });
      await rabbit.queueOnDisk(type, type);
    }
    await sender.waitForConfirms();
    await rabbit.kill();
    await rabbit.start();
    const after = await connectAmqp(rabbit.url);
    const receiver = await after.createChannel();
    for (const type of types) {
      const message = await receiver.get(type, { noAck: true });
      expect(message && message.content.toString()).toBe(`kept in ${type}`);
    }
    await after.close();
    expect(await left(rabbit)).toEqual([]);
  }, 90_000);
});

describe('Redis', () => {
  it('lets in with the password alone', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const socket = connect(redis.port, '127.0.0.1');
    const lines = createInterface(socket)[Symbol.asyncIterator]();
    socket.write('PING\r\n');
    expect((await lines.next()).value).toContain('NOAUTH');
    socket.write(`AUTH ${redis.password}\r\n`);
    expect((await lines.next()).value).toBe('+OK');
    socket.write('PING\r\n');
    expect((await lines.next()).value).toBe('+PONG');
    socket.destroy();
    expect(await left(redis)).toEqual([]);
  });
});

describe('Chromium', () => {
  it('prints a page', async () => {
    const { executablePath, args } = findChromium();
    const { stdout } = await promisify(execFile)(executablePath, [...args, '--dump-dom', 'data:text/html,<p>here'], { timeout: 25_000 });
    expect(stdout).toContain('<p>here</p>');
  });
});

describe('telephony', () => {
  let telephony: Telephony;
  let events: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    telephony = await startTelephony();
    events = await listen(telephony.asterisk);
  });
  afterAll(async () => {
    events?.close();
    await telephony?.stop();
    const strays = markedProcesses().map(programOf);
    if (strays.length > 0) throw new Error(`left behind: ${strays.join(' ')}`);
  });

  const originate = (id: string, endpoint: string) =>
    telephony.asterisk.ari('POST', `/channels/${id}`, { endpoint: `PJSIP/${endpoint}`, app: 'vss', callerId: '+15550100001', timeout: '20' });

  it('has the slot registered', async () => {
    expect(await telephony.kamailio.rpc('ul.lookup', ['location', '6001'])).toMatchObject({ AoR: '6001' });
  });

  it('bridges a slot and the far end until one of them hangs up', async () => {
    const { asterisk } = telephony;
    await originate('slot-leg', '6001@kamailio');
    await events.of('StasisStart', 'slot-leg');
    await originate('far-leg', '+15550100111@provider');
    await events.next('ChannelStateChange', ({ channel }) => channel?.id === 'far-leg' && channel.state === 'Ringing');
    await events.of('StasisStart', 'far-leg');
    await asterisk.ari('POST', '/bridges/call', { type: 'mixing' });
    await asterisk.ari('POST', '/bridges/call/addChannel', { channel: 'slot-leg,far-leg' });
    await events.of('ChannelEnteredBridge', 'far-leg');
    const phone = telephony.phones.get('6001')!;
    phone.command('hangup');
    await events.of('ChannelDestroyed', 'slot-leg');
    await asterisk.ari('DELETE', '/channels/far-leg');
    expect(await events.of('ChannelDestroyed', 'far-leg')).toMatchObject({ cause: 16 });
    await asterisk.ari('DELETE', '/bridges/call');
    await until('the far end saw BYE', async () => /^BYE /m.test(await telephony.farEnd.messages()));
  });

  it.each([
    ['busy', '486', 17],
    ['rejected', '603', 21],
    ['unknown', '404', 1],
  ])('tells a far end that is %s', async (_, ending, cause) => {
    await originate(`far-${ending}`, `+15550100${ending}@provider`);
    expect(await events.of('ChannelDestroyed', `far-${ending}`)).toMatchObject({ cause });
  });

  it('gives up on a far end that only rings', async () => {
    await originate('far-180', '+15550100180@provider');
    await events.next('ChannelStateChange', ({ channel }) => channel?.id === 'far-180' && channel.state === 'Ringing');
    await telephony.asterisk.ari('DELETE', '/channels/far-180');
    expect(await events.of('ChannelDestroyed', 'far-180')).toMatchObject({ channel: { state: 'Ringing' } });
    await until('CANCEL was answered by 487', async () => /^SIP\/2.0 487/m.test(await telephony.farEnd.messages()));
  });

  it('sees the far end hang up by itself', async () => {
    await originate('far-200', '+15550100200@provider');
    await events.of('StasisStart', 'far-200');
    expect(await events.of('ChannelDestroyed', 'far-200')).toMatchObject({ channel: { state: 'Up' } });
  });

  it('brings a call that a slot places to the application', async () => {
    const phone = telephony.phones.get('6001')!;
    phone.command('dial', `sip:+15550100111@127.0.0.1:${telephony.kamailio.sipPort}`);
    const { channel, args } = await events.next('StasisStart');
    expect(args).toEqual(['slot', '6001', '+15550100111']);
    const mark = phone.events.length;
    await telephony.asterisk.ari('DELETE', `/channels/${channel!.id}`);
    await phone.event('CALL_CLOSED', mark);
  });

  it('brings a call from the far end to the application', async () => {
    const { asterisk } = telephony;
    const caller = await telephony.callIn({ from: '+15550100777', to: '+15550100001' });
    const { channel, args } = await events.next('StasisStart');
    expect(args).toEqual(['provider', '+15550100777', '+15550100001']);
    await asterisk.ari('POST', `/channels/${channel!.id}/answer`);
    await events.next('ChannelStateChange', (event) => event.channel?.id === channel!.id && event.channel.state === 'Up');
    await asterisk.ari('DELETE', `/channels/${channel!.id}`);
    expect(await caller.exited).toBe(0);
    await caller.stop();
  });

  it('sees a caller give up', async () => {
    const caller = await telephony.callIn({ from: '+15550100777', to: '+15550100001', giveUpMs: 200 });
    const { channel } = await events.next('StasisStart');
    await events.of('StasisEnd', channel!.id);
    expect(await caller.exited).toBe(0);
    await caller.stop();
  });

  it('refuses a slot that is shut, and one that is not registered', async () => {
    await telephony.kamailio.rpc('htable.seti', ['slots', '6001', 0]);
    await originate('shut', '6001@kamailio');
    expect(await events.of('ChannelDestroyed', 'shut')).toMatchObject({ cause: 19 });
    await telephony.kamailio.rpc('htable.seti', ['slots', '6001', 1]);
    await originate('absent', '6999@kamailio');
    expect(await events.of('ChannelDestroyed', 'absent')).toMatchObject({ cause: 1 });
  });

  it('refuses a wrong password, and any RPC without the token', async () => {
    const { kamailio } = telephony;
    await kamailio.addSlot('6002', 'right');
    const phone = await startBaresip({ slot: '6002', password: 'wrong', registrarPort: kamailio.sipPort });
    await phone.event('REGISTER_FAIL');
    await phone.stop();
    await expect(kamailio.rpc('ul.lookup', ['location', '6002'])).rejects.toThrow('AOR not found');
    expect((await fetch(kamailio.rpcUrl, { method: 'POST', body: '{}' })).status).toBe(403);
  });

  it('starts again with empty tables after a power cut of the proxy', async () => {
    const { kamailio } = telephony;
    await kamailio.kill();
    await kamailio.start();
    await expect(kamailio.rpc('htable.get', ['credentials', '6001'])).rejects.toThrow("doesn't exist");
  });
});

it('leaves nothing behind when the test process is killed', async () => {
  const script = `
    const { startRedis } = await import(${JSON.stringify(join(import.meta.dirname, 'redis.ts'))});
    const { startSippUas } = await import(${JSON.stringify(join(import.meta.dirname, 'sipp.ts'))});
    const services = [await startRedis(), await startSippUas()];
    console.log(JSON.stringify(services.map(({ pid, dir }) => ({ pid, dir }))));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  child.kill('SIGKILL');
  const services = JSON.parse(line) as { pid: number; dir: string }[];
  expect(services).toHaveLength(2);
  await until('all to be gone', () => services.every(({ pid, dir }) => programOf(pid) === 'gone' && !existsSync(dir)));
});
