import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { Max, Min } from 'class-validator';
import { ConnectionArgs } from '@vss/graphql';
import { HISTORY_HOURS } from '../telemetry/index.js';
import { DeviceKind } from './device.entity.js';

@InputType({ description: 'Narrows a list of devices.' })
export class DeviceFilter {
  @Field(() => ID, { nullable: true, description: 'Only devices of this hub.' })
  hubId?: string | null;

  @Field(() => DeviceKind, { nullable: true, description: 'Only devices of this kind.' })
  kind?: DeviceKind | null;

  @Field(() => Boolean, { nullable: true, description: 'Only devices that are, or are not, there.' })
  online?: boolean | null;
}

@ArgsType()
export class DevicesArgs extends ConnectionArgs {
  @Field(() => DeviceFilter, { nullable: true, description: 'Which devices.' })
  filter?: DeviceFilter | null;
}

@ArgsType()
export class HistoryArgs {
  @Min(1)
  @Max(HISTORY_HOURS * 60)
  @Field(() => Int, { defaultValue: 60, description: `How many minutes back, 1 to ${HISTORY_HOURS * 60}.` })
  minutes: number;
}
