import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Length, Matches, MaxLength } from 'class-validator';
import { Access, connectionOf, IDEMPOTENCY_KEY, type UserErrorView } from '@vss/graphql';
import { TelephonyUserError } from '../errors.js';
import { SlotKind } from '../slots/index.js';
import { Trunk, TrunkKind } from './trunk.entity.js';

export const { Connection: TrunkConnection } = connectionOf(Trunk, 'Trunk');

@InputType({ description: 'A new trunk.' })
export class TrunkCreateInput {
  @Matches(/\S/, { message: 'must not be blank' })
  @MaxLength(200)
  @Field(() => String, { description: 'What people call it, 1 to 200 characters.' })
  name: string;

  @Field(() => TrunkKind, { defaultValue: 'HUB', description: 'What it stands for.' })
  kind: TrunkKind;

  @Field(() => SlotKind, { nullable: true, description: 'The kind of all its slots; required for kind HUB, absent for PROVIDER.' })
  slotKind?: SlotKind | null;

  @Field(() => Int, { description: 'How many slots it gets, 1 to 999; they take the lowest free numbers of their kind. Of a trunk to a provider: how many calls it carries at once.' })
  capacity: number;

  @Field(() => ID, { nullable: true, description: 'The hub that serves its slots; without one they stay IDLE.' })
  hubId?: string | null;

  @Field(() => ID, { nullable: true, description: "The center that it is made for; absent: one's own." })
  centerId?: string | null;

  @Length(1, 200)
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey: string;
}

@Access('authenticated')
@ObjectType({ description: 'A trunk, or why it was not made.' })
export class TrunkPayload {
  @Field(() => Trunk, { nullable: true, description: 'The trunk; null where the request was refused.' })
  trunk: Trunk | null;

  @Field(() => [TelephonyUserError], { description: 'Why the request was refused; empty where it was not.' })
  userErrors: UserErrorView[];
}
