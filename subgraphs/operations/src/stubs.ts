import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Access } from '@vss/graphql';

/** Of users this subgraph knows the id alone; identity fills in the rest. */
@Directive('@key(fields: "id")')
@ObjectType('User', { description: 'A person who signs in.' })
export class UserStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the user.' })
  id: string;
}
