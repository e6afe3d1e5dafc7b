import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

export const LinkState = { GOOD: 'GOOD', WEAK: 'WEAK', LOST: 'LOST' } as const;
registerEnumType(LinkState, {
  name: 'LinkState',
  description: 'How good a radio link is.',
  valuesConfig: {
    GOOD: { description: '30 % or more.' },
    WEAK: { description: 'Less than 30 %.' },
    LOST: { description: 'No link.' },
  },
});

/** The latest reading of a device; what it has no sensor for is null. */
@ObjectType({ description: 'What a device measured last. A value that it does not measure is null.', simpleResolvers: true })
@Access('devices:read')
@Audited<Telemetry>({ plain: ['centerId', 'at', 'cpuPercent', 'ramPercent', 'temperatureCelsius', 'batteryPercent', 'linkPercent'] })
@Entity({ tableName: 'telemetry' })
export class Telemetry {
  @PrimaryKey({ type: 'text' })
  deviceId: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => Instant, { description: 'When it was measured.' })
  @Property({ type: 'timestamptz' })
  at: Date;

  @Field(() => Float, { nullable: true, description: 'Processor in use, 0 to 100.' })
  @Property({ type: 'float', nullable: true })
  cpuPercent: number | null;

  @Field(() => Float, { nullable: true, description: 'Memory in use, 0 to 100.' })
  @Property({ type: 'float', nullable: true })
  ramPercent: number | null;

  @Field(() => Float, { nullable: true, description: 'Temperature in °C.' })
  @Property({ type: 'float', nullable: true })
  temperatureCelsius: number | null;

  @Field(() => Float, { nullable: true, description: 'Charge of the battery, 0 to 100.' })
  @Property({ type: 'float', nullable: true })
  batteryPercent: number | null;

  @Field(() => Float, { nullable: true, description: 'Strength of the radio link, 0 to 100.' })
  @Property({ type: 'float', nullable: true })
  linkPercent: number | null;
}
