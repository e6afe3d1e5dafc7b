import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fillTemplates, freePort, needTool, NotInstalledError, randomSecret, type Service, serviceDir, startService, until } from './service.ts';

export interface RabbitMq extends Service {
  /** `amqp://user:password@127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /**
   * Resolves when a durable queue just declared would outlive `kill()`. RabbitMQ answers the declaration before it has
   * written it down: a classic queue is then lost for some milliseconds, a quorum queue has no leader for a second.
   */
  queueOnDisk(queue: string, type?: 'classic' | 'quorum'): Promise<void>;
}

const nodeName = 'vss@localhost';
const serverScript = '/usr/lib/rabbitmq/bin/rabbitmq-server';

export async function startRabbitMq(): Promise<RabbitMq> {
  // Not /usr/sbin/rabbitmq-server, which is for root and changes to another user.
  if (!existsSync(serverScript)) throw new NotInstalledError('RabbitMQ is not installed: run tests/services/install.sh rabbitmq');
  const dir = await serviceDir('rabbitmq');
  const [port, distPort, epmdPort] = [await freePort(), await freePort(), await freePort()];
  const [user, password] = ['vss', randomSecret()];
  await mkdir(join(dir, 'log'));
  await fillTemplates(join(import.meta.dirname, 'rabbitmq'), dir, { AMQP_PORT: port, USER: user, PASSWORD: password });
  await writeFile(join(dir, '.erlang.cookie'), randomBytes(20).toString('hex'), { mode: 0o400 });
  let seen = 0;
  const service = await startService({
    name: 'rabbitmq',
    dir,
    // epmd, Erlang's name server, would daemonise and stay behind: it is run in front instead, in the same group, and
    // ends with the group. The shell becomes RabbitMQ's own script, and that (as under systemd) becomes the server.
    command: '/bin/sh',
    args: ['-c', 'epmd=$1; shift; "$epmd" & exec "$@"', 'sh', needTool('epmd', 'rabbitmq'), serverScript],
    env: {
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(epmdPort),
      RUNNING_UNDER_SYSTEMD: '1',
      RABBITMQ_NODENAME: nodeName,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distPort),
      RABBITMQ_BASE: dir,
      RABBITMQ_MNESIA_BASE: join(dir, 'mnesia'),
      RABBITMQ_LOG_BASE: join(dir, 'log'),
      RABBITMQ_CONFIG_FILE: join(dir, 'rabbitmq'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_PID_FILE: join(dir, 'rabbitmq.pid'),
      // Loading its modules is a ping-pong between threads: let them spin a little (sbwt), and it starts in half the time.
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt long +sbwtdio long',
    },
    // A start adds its own line to the log: count them, since the log goes on over restarts.
    ready: async () => {
      const starts = (await readFile(join(dir, 'server.log'), 'utf8')).split('Server startup complete').length - 1;
      if (starts <= seen) return false;
      seen = starts;
      return true;
    },
    deadlineMs: 60_000,
  });
  const data = join(dir, 'mnesia', nodeName);
  const holds = async (file: string, queue: string) => (await readFile(join(data, file)).catch(() => Buffer.alloc(0))).includes(queue);
  async function queueOnDisk(queue: string, type: 'classic' | 'quorum' = 'classic'): Promise<void> {
    await until(`${queue} to be on disk`, async () => {
      // Definitions go to Mnesia's log first, later to the table's own files.
      const defined = await Promise.all(['LATEST.LOG', 'rabbit_durable_queue.DCL', 'rabbit_durable_queue.DCD'].map((file) => holds(file, queue)));
      return defined.includes(true) && (type === 'classic' || (await holds(`quorum/${nodeName}/names.dets`, queue)));
    });
  }

  return Object.assign(service, { queueOnDisk, url: `amqp://${user}:${password}@127.0.0.1:${port}`, port, user, password });
}
