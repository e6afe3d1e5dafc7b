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
@ObjectType('Call', { description: 'A phone call.' })
export class CallStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the call.' })
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Center', { description: 'A call center.' })
export class CenterStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the center.' })
  id: string;
}
