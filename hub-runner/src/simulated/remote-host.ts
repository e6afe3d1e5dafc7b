import type { RemoteHost } from '../ports/index.js';
import type { Timers } from './timers.js';

/** A host that knows a handful of commands: `true`, `false`, `echo`, `sleep`. */
export function createSimulatedHost(timers: Timers): RemoteHost {
  const result = (exitCode: number, stdout = '', stderr = '') => ({ exitCode, stdout, stderr });
  return {
    async run([program = '', ...args], signal) {
      signal.throwIfAborted();
      switch (program) {
        case 'true':
          return result(0);
        case 'false':
          return result(1);
        case 'echo':
          return result(0, `${args.join(' ')}\n`);
        case 'sleep':
          await timers.wait(Number(args[0]) * 1_000, signal);
          return result(0);
        default:
          return result(127, '', `${program}: command not found on the SIMULATED host\n`);
      }
    },
  };
}
