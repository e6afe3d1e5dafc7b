import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, connectionOf } from '@vss/graphql';
import type { DeviceFault } from './health.rules.js';

export const DeviceKind = { AUTO: 'AUTO', MF: 'MF', LS: 'LS' } as const;
export type DeviceKind = keyof typeof DeviceKind;
registerEnumType(DeviceKind, {
  name: 'DeviceKind',
  description: 'What a device is; the kind of the slot that it serves.',
  valuesConfig: {
    AUTO: { description: 'A line of an automatic dialer.' },
    MF: { description: 'A phone of a mobile farm.' },
    LS: { description: 'A host that runs local scripts.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What a slot makes its calls with: a phone, a line, a host.', simpleResolvers: true })
@Access('devices:read')
@Audited<Device>({ plain: ['centerId', 'hubId', 'serial', 'slotId', 'model', 'kind', 'simulated', 'online', 'faults', 'createdAt', 'version'] })
@Entity({ tableName: 'device' })
export class Device {
  @Field(() => ID, { description: 'Id of the device.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  hubId: string;

  @Field(() => String, { description: 'Serial number, unique on its hub.' })
  @Property({ type: 'text' })
  serial: string;

  @Property({ type: 'text', nullable: true })
  slotId: string | null;

  @Field(() => String, { description: 'Make and model.' })
  @Property({ type: 'text' })
  model: string;

  @Field(() => DeviceKind, { description: 'What it is.' })
  @Property({ type: 'text' })
  kind: DeviceKind;

  @Field(() => Boolean, { description: 'True: not a real device. Shown as SIMULATED wherever it shows.' })
  @Property({ type: 'boolean' })
  simulated: boolean;

  /** As its hub last said; while the hub is away the resolver answers false. */
  @Property({ type: 'boolean' })
  online: boolean;

  /** Why it is not fit to serve its slot; empty while it is. */
  @Property({ type: 'text[]' })
  faults: DeviceFault[];

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Int, { description: 'Grows with each change; a reading is none.' })
  @Property({ type: 'integer' })
  version: number;
}

export const { Connection: DeviceConnection, Edge: DeviceEdge } = connectionOf(Device, 'Device');
