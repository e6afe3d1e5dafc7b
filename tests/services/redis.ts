import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fillTemplates, freePort, needTool, randomSecret, type Service, serviceDir, startService } from './service.ts';

export interface Redis extends Service {
  /** `redis://:password@127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  readonly password: string;
}

export async function startRedis(): Promise<Redis> {
  const command = needTool('redis-server', 'redis');
  const dir = await serviceDir('redis');
  const [port, password] = [await freePort(), randomSecret()];
  await fillTemplates(join(import.meta.dirname, 'redis'), dir, { PORT: port, PASSWORD: password, DIR: dir });
  const service = await startService({
    name: 'redis',
    dir,
    command,
    args: [join(dir, 'redis.conf')],
    ready: async () => (await ask(port, `AUTH ${password}`, 'PING')).includes('+PONG'),
  });
  return Object.assign(service, { url: `redis://:${password}@127.0.0.1:${port}`, port, password });
}

/** One line each, in Redis's inline form; resolves with what came back when as many answers came as were asked. */
async function ask(port: number, ...commands: string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.setTimeout(2000, () => socket.destroy(new Error('redis is silent')));
  try {
    await once(socket, 'connect');
    socket.write(`${commands.join('\r\n')}\r\n`);
    let answer = '';
    for await (const part of socket) {
      answer += String(part);
      if (answer.split('\r\n').length > commands.length) break;
    }
    return answer;
  } finally {
    socket.destroy();
  }
}
