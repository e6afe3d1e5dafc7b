import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Length, MaxLength } from 'class-validator';
import { Access, ConnectionArgs, type UserErrorView } from '@vss/graphql';
import { CrmUserError } from '../errors.js';
import { Lead, LeadStatus } from './lead.entity.js';

@InputType({ description: 'Narrows a list of leads; what the actor may not see stays out whatever is given here.' })
export class LeadFilter {
  @Field(() => LeadStatus, { nullable: true, description: 'Only leads that have come this far.' })
  status?: LeadStatus | null;

  @Field(() => ID, { nullable: true, description: 'Only leads of this seller.' })
  assignedSellerId?: string | null;

  @MaxLength(50)
  @Field(() => String, { nullable: true, description: 'Only leads with exactly this phone number.' })
  phone?: string | null;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'Only leads whose client name holds this text, or whose number holds these digits.' })
  search?: string | null;
}

@ArgsType()
export class LeadsArgs extends ConnectionArgs {
  @Field(() => LeadFilter, { nullable: true, description: 'Which leads.' })
  filter?: LeadFilter | null;
}

@InputType({ description: 'A new lead.' })
export class LeadCreateInput {
  @Field(() => String, { description: 'Name of the client, 1 to 200 characters.' })
  clientName: string;

  @Field(() => String, { description: 'Phone number in international form; spaces and brackets do no harm.' })
  phone: string;

  @Field(() => LeadStatus, { nullable: true, description: 'How far the lead has come; NEW when absent.' })
  status?: LeadStatus | null;

  @Field(() => String, { nullable: true, description: 'Where the lead comes from.' })
  source?: string | null;

  @Field(() => ID, { nullable: true, description: 'The seller it belongs to. A lead that a seller creates is always his own.' })
  assignedSellerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The operator who works on it; absent: every operator of the center may.' })
  assignedOperatorId?: string | null;

  @Length(1, 200)
  @Field(() => String, { nullable: true, description: 'Of the client’s own making, 1 to 200 characters. Sent again with the same key, the same lead is answered and no second one made.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a lead; absent fields stay as they are.' })
export class LeadUpdateInput {
  @Field(() => ID, { description: 'Which lead.' })
  id: string;

  @Field(() => Int, { description: 'The version that the change is based on.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: 'New name of the client.' })
  clientName?: string | null;

  @Field(() => String, { nullable: true, description: 'New phone number in international form.' })
  phone?: string | null;

  @Field(() => LeadStatus, { nullable: true, description: 'How far the lead has come.' })
  status?: LeadStatus | null;

  @Field(() => String, { nullable: true, description: 'Where the lead comes from; null clears it.' })
  source?: string | null;

  @Field(() => ID, { nullable: true, description: 'The seller it belongs to from now on; null: none. Takes the right to change every lead of the center.' })
  assignedSellerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The operator who works on it from now on; null: the open pool. Takes the right to change every lead of the center.' })
  assignedOperatorId?: string | null;
}

@Access('leads:read')
@ObjectType({ description: 'Answer to a change of a lead.', simpleResolvers: true })
export class LeadPayload {
  @Field(() => Lead, { nullable: true, description: 'The lead as it is now; null when the request was refused.' })
  lead?: Lead | null;

  @Field(() => [CrmUserError], { description: 'What to put right; empty when all went well.' })
  userErrors: UserErrorView[];
}
