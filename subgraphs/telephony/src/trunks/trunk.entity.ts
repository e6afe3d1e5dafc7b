import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';
import { SlotKind } from '../slots/slot.enums.js';

export const TrunkKind = { HUB: 'HUB', PROVIDER: 'PROVIDER' } as const;
export type TrunkKind = keyof typeof TrunkKind;
registerEnumType(TrunkKind, {
  name: 'TrunkKind',
  description: 'What a trunk stands for.',
  valuesConfig: {
    HUB: { description: 'The numbering side of a hub: it has slots.' },
    PROVIDER: { description: 'A way out to the public telephone network: it has lines, but no slots.' },
  },
});

@Access('trunks:read')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A bundle of slots behind one hub, or a way out to the public network.' })
@Audited<Trunk>({ plain: ['centerId', 'name', 'kind', 'slotKind', 'capacity', 'hubId', 'createdAt', 'version'] })
@Entity({ tableName: 'trunk' })
export class Trunk {
  @Field(() => ID, { description: 'Its id, `trunk_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'What people call it.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => TrunkKind, { description: 'What it stands for.' })
  @Property({ type: 'text' })
  kind: TrunkKind;

  @Field(() => SlotKind, { nullable: true, description: 'The kind of all its slots; null for a trunk to a provider.' })
  @Property({ type: 'text', nullable: true })
  slotKind: SlotKind | null;

  @Field(() => Int, { description: 'How many slots it has; of a trunk to a provider, how many calls it carries at once.' })
  @Property({ type: 'integer' })
  capacity: number;

  @Property({ type: 'text', nullable: true })
  hubId: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Int, { description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version: number;
}
