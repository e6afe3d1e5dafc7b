import { AppError } from '@vss/runtime';
import type { UsbPort, UsbPower } from '../../ports/index.js';
import type { Exec } from '../spawn.js';
import { parseUhubctl } from './parser.js';

/** Switches ports of USB hubs that can do so, by the program uhubctl. */
export function createUhubctl({ exec, program = 'uhubctl' }: { exec: Exec; program?: string }): UsbPower {
  async function run(port: UsbPort, action: readonly string[], signal: AbortSignal): Promise<boolean> {
    const { location, port: number } = port;
    const { exitCode, stdout, stderr } = await exec([program, '-l', location, '-p', String(number), ...action], signal);
    const isOn = parseUhubctl(stdout).get(location)?.get(number)?.isOn;
    if (isOn !== undefined && exitCode === 0) return isOn;
    const said = `${stdout}${stderr}`.trim().split('\n')[0] ?? '';
    // `No compatible devices detected at location 1-1!`, exit 1; a hub without that port prints none.
    if (exitCode === 0 || /No compatible devices/.test(said)) throw new AppError('NOT_FOUND', `No switchable USB port ${number} at ${location}`, { location, port: number });
    throw new AppError('UNAVAILABLE', `uhubctl failed (${exitCode}): ${said}`, { location, port: number });
  }

  return {
    isOn: (port, signal) => run(port, [], signal),
    async set(port, on, signal) {
      const isOn = await run(port, ['-a', on ? 'on' : 'off'], signal);
      if (isOn !== on) throw new AppError('UNAVAILABLE', `USB port ${port.port} at ${port.location} stayed ${isOn ? 'on' : 'off'}`);
    },
  };
}
