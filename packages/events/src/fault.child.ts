// Run by the fault tests as a process of its own, to be killed. Writes, relays or consumes until then.
import { createPool, forkFor, openOrm, type DatabaseTarget } from '@vss/db';
import { silentLogger } from '@vss/runtime';
import { createInbox, createOutbox, createRabbitBroker, createRelay, SuppressionRemoved, type Broker, type Message } from './index.js';

const { role, target, schema, url, prefix, rows } = JSON.parse(process.argv[2] ?? '{}') as {
  role: 'write' | 'relay' | 'consume';
  target: DatabaseTarget;
  schema: string;
  url: string;
  prefix: string;
  rows: number;
};
const say = (word: string, value: unknown): void => console.log(`${word} ${JSON.stringify(value)}`);
const open = () => openOrm({ target, contextName: schema, schema, entities: [], logger: silentLogger });
const connect = (): Promise<Broker> => createRabbitBroker({ url, logger: silentLogger, backoffMs: 5, prefix });

if (role === 'write') {
  const orm = await open();
  const outbox = createOutbox({ schema });
  for (let i = 1; i <= rows; i++) {
    await forkFor(orm, 'ALL').transactional(async (tx) => {
      const payload = { suppressionId: `agg${i % 5}`, phoneNumber: String(i) };
      await outbox.add(tx, SuppressionRemoved, payload, { centerId: null, traceId: 't', actor: 'system' });
    });
    say('committed', i);
  }
}

if (role === 'relay') {
  const relay = createRelay({ pool: createPool(target), schema, broker: await connect(), logger: silentLogger, backoffMs: { first: 5, most: 50 } });
  await relay.start();
  const timer = setInterval(() => {
    if (!relay.isLeading()) return;
    clearInterval(timer);
    say('leading', true);
  }, 5);
}

if (role === 'consume') {
  const orm = await open();
  const broker = await connect();
  const inbox = createInbox({ fork: () => forkFor(orm, 'ALL'), schema, group: 'g', outbox: createOutbox({ schema }), logger: silentLogger });
  const handle = inbox.handler(async (tx, message: Message) => {
    await tx.execute(`insert into ${schema}.effect (message_id, aggregate_id, sequence) values (?, ?, ?)`, [message.id, message.aggregateId, message.sequence]);
  });
  let handled = 0;
  await broker.subscribe({
    group: 'g',
    patterns: ['#'],
    async handler(message, signal) {
      await handle(message, signal);
      handled += 1;
      // Between the effect and its acknowledgement: the worst moment to be killed.
      if (handled % 7 === 0) {
        say('handled', handled);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    onDead: inbox.onDead,
  });
  say('consuming', true);
}

process.on('SIGTERM', () => process.exit(0));
setInterval(() => undefined, 60_000);
