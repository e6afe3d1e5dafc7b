import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Access } from '@vss/graphql';

/** Types of other subgraphs, of which this one knows the id alone; the owner fills in the rest. */

@Directive('@key(fields: "id")')
@ObjectType('Slot', { description: 'A place from which calls are made.' })
export class SlotStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the slot.' })
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Center', { description: 'A call center.' })
export class CenterStub {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the center.' })
  id: string;
}
