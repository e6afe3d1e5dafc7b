import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '@vss/runtime';
import { Access, batchById, ConnectionArgs, paginate, stub, type Page, type Scope } from '@vss/graphql';
import { CenterStub } from '../stubs.js';
import { Hub, HubConnection } from './hub.entity.js';

@Resolver(() => Hub)
export class HubResolver {
  @Access('devices:read')
  @Query(() => HubConnection, { description: 'The hubs of the actor\'s center, newest first.' })
  hubs(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { em }: Scope): Promise<Page<Hub>> {
    return paginate(em, Hub, { args });
  }

  @Access('devices:read')
  @Query(() => Hub, { description: "One hub of the actor's center; any other is NOT_FOUND." })
  async hub(@Arg('id', () => ID, { description: 'Id of the hub.' }) id: string, @Ctx() scope: Scope): Promise<Hub> {
    const hub = await batchById(scope, Hub)(id);
    if (!hub) throw new AppError('NOT_FOUND', `There is no hub ${id}`);
    return hub;
  }

  @FieldResolver(() => CenterStub, { nullable: true, description: 'The center it belongs to.' })
  center(@Root() hub: Hub): CenterStub {
    return stub(CenterStub, hub.centerId);
  }
}
