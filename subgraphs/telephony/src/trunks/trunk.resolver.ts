import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, answer, ConnectionArgs, nestedPage, paginate, stub, stubOrNull, type Page, type Scope } from '@vss/graphql';
import { notFound } from '../errors.js';
import { Slot } from '../slots/index.js';
import { SlotConnection } from '../slots/slot.types.js';
import { CenterStub, HubStub } from '../stubs.js';
import { Trunk } from './trunk.entity.js';
import type { TrunkService } from './trunk.service.js';
import { TrunkConnection, TrunkCreateInput, TrunkPayload } from './trunk.types.js';

@Resolver(() => Trunk)
export class TrunkResolver {
  constructor(private readonly service: TrunkService) {}

  @Access('trunks:read')
  @Query(() => TrunkConnection, { description: 'The trunks of the center, newest first.' })
  trunks(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { em }: Scope): Promise<Page<Trunk>> {
    return paginate<Trunk>(em, Trunk, { args });
  }

  @Access('trunks:read')
  @Query(() => Trunk, { description: 'One trunk of the center; any other is NOT_FOUND.' })
  async trunk(@Arg('id', () => ID, { description: 'Id of the trunk.' }) id: string, @Ctx() { em }: Scope): Promise<Trunk> {
    const trunk = await em.findOne(Trunk, { id });
    if (!trunk) throw notFound('trunk');
    return trunk;
  }

  @Access('trunks:create')
  @Mutation(() => TrunkPayload, { description: 'Makes a trunk and all its slots, each with a number of its own.' })
  trunkCreate(@Arg('input', () => TrunkCreateInput, { description: 'The new trunk.' }) input: TrunkCreateInput, @Ctx() scope: Scope) {
    return answer(async () => ({ trunk: await this.service.create(scope, input) }));
  }

  @Access('slots:read')
  @FieldResolver(() => SlotConnection, { nullable: true, description: 'Its slots, by number.' })
  slots(@Root() trunk: Trunk, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Slot>> {
    return nestedPage<Slot>(scope, Slot, 'trunkId', trunk.id, { args, orderBy: { number: 'asc' } });
  }

  @FieldResolver(() => CenterStub, { nullable: true, description: 'The center that it belongs to.' })
  center(@Root() trunk: Trunk): CenterStub {
    return stub(CenterStub, trunk.centerId);
  }

  @FieldResolver(() => HubStub, { nullable: true, description: 'The hub that serves its slots, once it is bound to one.' })
  hub(@Root() trunk: Trunk): HubStub | null {
    return stubOrNull(HubStub, trunk.hubId);
  }
}
