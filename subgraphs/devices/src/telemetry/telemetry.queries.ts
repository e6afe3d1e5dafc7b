import type { EntityManager } from '@vss/db';
import { Telemetry } from './telemetry.entity.js';

export interface DeviceReading {
  readonly deviceId: string;
  readonly centerId: string;
  readonly at: string;
  readonly cpuPercent: number | null;
  readonly ramPercent: number | null;
  readonly temperatureCelsius: number | null;
  readonly batteryPercent: number | null;
  readonly linkPercent: number | null;
}

const COLUMNS = 'at, cpu_percent, ram_percent, temperature_celsius, battery_percent, link_percent';
const SET = COLUMNS.split(', ').map((column) => `${column} = excluded.${column}`).join(', ');
const READINGS = `select "deviceId", "centerId", at, "cpuPercent", "ramPercent", "temperatureCelsius", "batteryPercent", "linkPercent"
  from jsonb_to_recordset(?::jsonb) as r("deviceId" text, "centerId" text, at timestamptz, "cpuPercent" real, "ramPercent" real,
       "temperatureCelsius" real, "batteryPercent" real, "linkPercent" real)`;

/** Two statements for any number of devices: the latest reading of each, and the last one of its minute. */
export async function recordReadings(tx: EntityManager, readings: readonly DeviceReading[]): Promise<void> {
  if (readings.length === 0) return;
  // A device that is named twice keeps its later reading: one statement cannot update a row twice.
  const latest = new Map(readings.toSorted((a, b) => a.at.localeCompare(b.at)).map((reading) => [reading.deviceId, reading]));
  const json = JSON.stringify([...latest.values()]);
  await tx.execute(
    `insert into devices.telemetry (device_id, center_id, ${COLUMNS}) ${READINGS}
       on conflict (device_id) do update set ${SET} where telemetry.at <= excluded.at`,
    [json],
  );
  await tx.execute(
    `insert into devices.telemetry_minute (minute, device_id, center_id, ${COLUMNS}) select date_trunc('minute', at), * from (${READINGS}) as reading
       on conflict (device_id, minute) do update set ${SET} where telemetry_minute.at <= excluded.at`,
    [json],
  );
}

/** The readings of these devices since then, one a minute, oldest first, by device. */
export async function historyOf(em: EntityManager, deviceIds: readonly string[], since: Date): Promise<Map<string, Telemetry[]>> {
  const rows = await em.execute<Record<string, unknown>[]>(
    `select device_id, center_id, ${COLUMNS} from devices.telemetry_minute where device_id in (?) and minute >= ? order by minute`,
    [deviceIds, since.toISOString()],
  );
  const found = new Map<string, Telemetry[]>();
  for (const row of rows) {
    // Not taken into the identity map: there, a device has one reading, the latest.
    const reading: Telemetry = Object.assign(new Telemetry(), {
      deviceId: row['device_id'],
      centerId: row['center_id'],
      at: new Date(row['at'] as string),
      cpuPercent: row['cpu_percent'],
      ramPercent: row['ram_percent'],
      temperatureCelsius: row['temperature_celsius'],
      batteryPercent: row['battery_percent'],
      linkPercent: row['link_percent'],
    });
    found.set(reading.deviceId, [...(found.get(reading.deviceId) ?? []), reading]);
  }
  return found;
}

export const HISTORY_HOURS = 24;

export const forgetHistory = (em: EntityManager, now: Date): Promise<unknown> =>
  em.execute('delete from devices.telemetry_minute where minute < ?', [new Date(now.getTime() - HISTORY_HOURS * 3_600_000).toISOString()]);
