import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { AppError } from '@vss/runtime';
import { Access, batchById, type Scope } from '@vss/graphql';
import { Center } from './center.entity.js';
import { centersWithin } from './center.rules.js';

@Resolver(() => Center)
export class CenterResolver {
  @Access('centers:read')
  @Query(() => [Center], { description: 'The centers that the actor may see: his own, or all of them.' })
  centers(@Ctx() { em, actor }: Scope): Promise<Center[]> {
    return em.find(Center, centersWithin(actor), { orderBy: { createdAt: 'asc', id: 'asc' } });
  }

  @Access('centers:read')
  @Query(() => Center, { description: 'One center that the actor may see: his own, or any of them. Any other is NOT_FOUND.' })
  async center(@Arg('id', () => ID, { description: 'Id of the center.' }) id: string, @Ctx() scope: Scope): Promise<Center> {
    const center = await loadCenter(scope, id);
    if (!center) throw new AppError('NOT_FOUND', `There is no center ${id}`);
    return center;
  }
}

/** The center, or null when this actor may not see it; one statement for all that a tick asks for. */
export const loadCenter = (scope: Scope, id: string): Promise<Center | null> => batchById<Center>(scope, Center, centersWithin(scope.actor))(id);
