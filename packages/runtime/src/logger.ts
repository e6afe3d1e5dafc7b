import { destination, pino, type Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'> & {
  child(bindings: Record<string, unknown>): Logger;
};

const SECRET_KEYS = ['password', 'accessToken', 'refreshToken', 'authorization', 'cookie', 'secret', 'token'];

/** JSON lines on standard error: standard output belongs to what the process says to its user. */
export function createLogger(name: string, level = 'info'): Logger {
  const paths = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino({ name, level, redact: { paths, censor: '[secret]' } }, destination({ dest: 2, sync: true }));
}

export const silentLogger: Logger = pino({ level: 'silent' });
