/**
 * Reads what uhubctl 2.5 prints:
 *
 *     Current status for hub 1-1 [2109:2817 VIA Labs, Inc. USB2.0 Hub, USB 2.10, 4 ports, ppps]
 *       Port 1: 0100 power
 *       Port 2: 0503 power highspeed enable connect [18d1:4ee7 Google Pixel 4a]
 *       Port 3: 0000 off
 *     New status for hub 1-1 […]
 *
 * One hub may come twice, before and after a change: what comes last counts.
 */
export function parseUhubctl(text: string): Map<string, Map<number, { isOn: boolean }>> {
  const hubs = new Map<string, Map<number, { isOn: boolean }>>();
  let ports: Map<number, { isOn: boolean }> | undefined;
  for (const line of text.split('\n')) {
    const hub = /^(?:Current|New) status for hub (\S+) \[/.exec(line);
    if (hub?.[1]) {
      ports = new Map();
      hubs.set(hub[1], ports);
      continue;
    }
    // The word after the status is `power` or `off`; the status itself has the bit in another place on USB 2 and USB 3.
    const port = /^ {2}Port (\d+): [0-9a-f]{4} (power|off)\b/.exec(line);
    if (port && ports) ports.set(Number(port[1]), { isOn: port[2] === 'power' });
  }
  return hubs;
}
