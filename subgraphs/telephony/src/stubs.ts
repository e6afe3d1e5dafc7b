import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Access } from '@vss/graphql';

/** Types of other subgraphs, of which this one knows the id alone; the owner fills in the rest. */

@Directive('@key(fields: "id")')
@ObjectType('User', { description: 'A person who signs in.' })
export class UserStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the user.' })
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Lead', { description: 'A person or firm that may become a client.' })
export class LeadStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the lead.' })
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Center', { description: 'A call center.' })
export class CenterStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the center.' })
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Hub', { description: 'A computer with phones.' })
export class HubStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the hub.' })
  id: string;
}
