import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Access } from '@vss/graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A call center, the boundary of most rights. Its owner is the operations subgraph.', simpleResolvers: true })
export class Center {
  @Access('authenticated')
  @Field(() => ID, { description: 'Id of the center, `ctr_…`.' })
  id: string;
}
