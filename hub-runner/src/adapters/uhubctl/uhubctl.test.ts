import { describe, expect, it } from 'vitest';
import { usbPowerContract } from '../../ports/usb-power.contract.js';
import type { Exec } from '../spawn.js';
import { exec } from '../spawn.js';
import { parseUhubctl } from './parser.js';
import { createUhubctl } from './usb-power.js';

// uhubctl 2.5, as its manual shows it.
const HUB = 'hub 1-1 [2109:2817 VIA Labs, Inc. USB2.0 Hub, USB 2.10, 4 ports, ppps]';
const HUB_3 = 'hub 2-1 [2109:0817 VIA Labs, Inc. USB3.0 Hub, USB 3.20, 4 ports, ppps]';
const ON = '0503 power highspeed enable connect [18d1:4ee7 Google Pixel 4a 0A181JEC]';
const OFF = '0000 off';

/** Stands in for the program: keeps one port and prints as the program does. */
function aProgram(): Exec {
  let status = ON;
  return async ([, ...args]) => {
    const [location, port, action] = [args[1], args[3], args[5]];
    if (location !== '1-1') return { exitCode: 1, stdout: '', stderr: `No compatible devices detected at location ${location}!\nRun with -h to get usage info.\n` };
    const print = (word: string): string => `${word} status for ${HUB}\n  Port ${port}: ${status}\n`;
    const before = print('Current');
    if (!action) return { exitCode: 0, stdout: before, stderr: '' };
    status = action === 'on' ? ON : OFF;
    return { exitCode: 0, stdout: `${before}Sent power ${action} request\n${print('New')}`, stderr: '' };
  };
}

usbPowerContract('uhubctl', () => ({ usbPower: createUhubctl({ exec: aProgram() }), port: { location: '1-1', port: 2 }, absentPort: { location: '9-9', port: 1 } }));

describe('reading uhubctl', () => {
  it('reads hubs and ports, of USB 2 and USB 3', () => {
    const text = `Current status for ${HUB}\n  Port 1: 0100 power\n  Port 2: ${ON}\n  Port 3: ${OFF}\nCurrent status for ${HUB_3}\n  Port 1: 02a0 power 5gbps Rx.Detect\n`;
    expect(parseUhubctl(text)).toEqual(
      new Map([
        ['1-1', new Map([[1, { isOn: true }], [2, { isOn: true }], [3, { isOn: false }]])],
        ['2-1', new Map([[1, { isOn: true }]])],
      ]),
    );
  });
  it('lets what comes last count', () => {
    const text = `Current status for ${HUB}\n  Port 1: ${ON}\nSent power off request\nNew status for ${HUB}\n  Port 1: ${OFF}\n`;
    expect(parseUhubctl(text).get('1-1')?.get(1)).toEqual({ isOn: false });
  });
});

describe('switching with uhubctl', () => {
  const never = new AbortController().signal;
  const port = { location: '1-1', port: 2 };
  it('says so when the port did not do as it was told', async () => {
    const stuck: Exec = async () => ({ exitCode: 0, stdout: `New status for ${HUB}\n  Port 2: ${ON}\n`, stderr: '' });
    await expect(createUhubctl({ exec: stuck }).set(port, false, never)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'USB port 2 at 1-1 stayed on' });
  });
  it('says so when the program may not, or is not there', async () => {
    const denied: Exec = async () => ({ exitCode: 1, stdout: '', stderr: 'No permission to access USB devices\n' });
    await expect(createUhubctl({ exec: denied }).isOn(port, never)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'uhubctl failed (1): No permission to access USB devices' });
    await expect(createUhubctl({ exec, program: 'no-such-program-anywhere' }).isOn(port, never)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
