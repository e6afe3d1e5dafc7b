import { z } from 'zod';
import { StartError } from '@vss/runtime';

const device = z.object({
  serial: z.string().min(1),
  model: z.string().min(1),
  kind: z.enum(['AUTO', 'MF', 'LS']),
  slotNumber: z.string().regex(/^\d{4}$/).nullable().default(null),
  usbPort: z.object({ location: z.string().regex(/^\d+(-\d+(\.\d+)*)?$/), port: z.number().int().positive() }).nullable().default(null),
});
export type ListedDevice = z.output<typeof device>;

/** Reads the list of devices beside a hub: a JSON array. Throws StartError that names each mistake. */
export function parseDeviceFile(text: string): ListedDevice[] {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new StartError('The device file is not JSON', { cause });
  }
  const parsed = z.array(device).safeParse(raw);
  if (!parsed.success) throw new StartError(`The device file is wrong: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  const serials = parsed.data.map(({ serial }) => serial);
  const numbers = parsed.data.flatMap(({ slotNumber }) => slotNumber ?? []);
  for (const list of [serials, numbers])
    for (const [i, value] of list.entries()) if (list.indexOf(value) !== i) throw new StartError(`The device file names ${value} twice`);
  return parsed.data;
}
