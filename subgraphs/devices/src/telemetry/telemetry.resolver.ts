import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { Scope } from '@vss/graphql';
import { LinkState, Telemetry } from './telemetry.entity.js';
import { linkState, type LinkState as LinkStateName } from './telemetry.rules.js';

@Resolver(() => Telemetry)
export class TelemetryResolver {
  @FieldResolver(() => LinkState, { nullable: true, description: 'What the strength of the radio link comes to.' })
  linkState(@Root() { linkPercent }: Telemetry): LinkStateName | null {
    return linkState(linkPercent);
  }
}

/** The latest reading of a device; one statement for all that a tick asks for. */
export const latestReading = ({ em, batch }: Scope, deviceId: string): Promise<Telemetry | null> =>
  batch
    .load('latest readings', deviceId, async (ids) => {
      const rows = await em.find(Telemetry, { deviceId: { $in: [...ids] } });
      return new Map(rows.map((row) => [row.deviceId, row]));
    })
    .then((row) => row ?? null);
