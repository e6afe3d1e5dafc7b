import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, answer, ConnectionArgs, nestedPage, paginate, stub, type Page, type Scope } from '@vss/graphql';
import { CenterStub, UserStub } from '../stubs.js';
import { Lead, LeadConnection } from './lead.entity.js';
import { leadsWhere } from './lead.filter.js';
import { LeadCreateInput, LeadPayload, LeadsArgs, LeadUpdateInput } from './lead.inputs.js';
import { leadsWithin } from './lead.queries.js';
import type { LeadService } from './lead.service.js';

@Resolver(() => Lead)
export class LeadResolver {
  constructor(private readonly service: LeadService) {}

  @Access('leads:read')
  @Query(() => LeadConnection, { description: 'The leads that the actor may see, newest first.' })
  leads(@Args(() => LeadsArgs) args: LeadsArgs, @Ctx() { em, actor }: Scope): Promise<Page<Lead>> {
    return paginate(em, Lead, { where: leadsWhere(actor, args.filter), args });
  }

  @Access('leads:read')
  @Query(() => Lead, { description: 'One lead that the actor may see; any other is NOT_FOUND.' })
  lead(@Arg('id', () => ID, { description: 'Id of the lead.' }) id: string, @Ctx() scope: Scope): Promise<Lead> {
    return this.service.load(scope, id);
  }

  @Access('leads:create')
  @Mutation(() => LeadPayload, { description: 'Enters a lead. One that a seller enters belongs to him.' })
  leadCreate(@Arg('input', () => LeadCreateInput, { description: 'The new lead.' }) input: LeadCreateInput, @Ctx() scope: Scope): Promise<Partial<LeadPayload>> {
    return answer(async () => ({ lead: await this.service.create(scope, input) }));
  }

  @Access('leads:update')
  @Mutation(() => LeadPayload, { description: 'Changes a lead: its seller the data and the status, its operator the status.' })
  leadUpdate(@Arg('input', () => LeadUpdateInput, { description: 'What to change.' }) input: LeadUpdateInput, @Ctx() scope: Scope): Promise<Partial<LeadPayload>> {
    return answer(async () => ({ lead: await this.service.update(scope, input) }));
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'The seller it belongs to.' })
  assignedSeller(@Root() lead: Lead): UserStub | null {
    return lead.assignedSellerId ? stub(UserStub, lead.assignedSellerId) : null;
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'The operator who works on it; null: the open pool.' })
  assignedOperator(@Root() lead: Lead): UserStub | null {
    return lead.assignedOperatorId ? stub(UserStub, lead.assignedOperatorId) : null;
  }

  @FieldResolver(() => CenterStub, { nullable: true, description: 'The center it belongs to.' })
  center(@Root() lead: Lead): CenterStub {
    return stub(CenterStub, lead.centerId);
  }
}

/** What crm adds to the users of identity. */
@Resolver(() => UserStub)
export class UserLeadsResolver {
  @Access('leads:read')
  @FieldResolver(() => LeadConnection, { nullable: true, description: 'The leads that this user sells to, as far as the actor may see them; newest first.' })
  leads(@Root() user: UserStub, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Lead>> {
    return nestedPage<Lead>(scope, Lead, 'assignedSellerId', user.id, { args, where: leadsWithin(scope.actor, 'leads:read') });
  }
}
