import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { denial, scopeOf } from '@vss/auth';
import { Access, answer, batchById, ConnectionArgs, paginate, type Page, type Scope } from '@vss/graphql';
import { Center } from './center.stub.js';
import { Team, TeamMember } from './team.entity.js';
import { countMembers } from './team.queries.js';
import { noSuchTeam, type TeamService } from './team.service.js';
import { TeamConnection, TeamCreateInput, TeamDeleteInput, TeamDeletePayload, TeamMembersSetInput, TeamPayload, TeamsArgs, TeamUpdateInput } from './team.types.js';
import { User } from './user.entity.js';
import { likePattern } from './user.rules.js';
import { UserConnection } from './user.types.js';

/** The guard saw that he may see members of teams; where that reaches no farther than his own, only the team tells. */
function assertSeesMembers({ actor, now }: Scope, { id }: Team): void {
  if (scopeOf(actor, 'teams:read') !== 'TEAM' || actor.teamIds.includes(id)) return;
  throw denial(actor, 'teams:read', { coordinate: 'Team', needed: 'CENTER', at: now() });
}

@Resolver(() => Team)
export class TeamResolver {
  constructor(private readonly teams: TeamService) {}

  @Access('directory:read')
  @Query(() => Team, { description: 'A team of one\'s center. Any other is NOT_FOUND.' })
  async team(@Arg('id', () => ID, { description: 'Id of the team.' }) id: string, @Ctx() scope: Scope): Promise<Team> {
    const team = await batchById(scope, Team)(id);
    if (!team) throw noSuchTeam();
    return team;
  }

  @Access('teams:read', 'TEAM')
  @Query(() => TeamConnection, { name: 'teams', description: 'Teams of one\'s center, or one\'s own where the right reaches no farther; by name.' })
  list(@Args(() => TeamsArgs) args: TeamsArgs, @Ctx() { em, actor }: Scope): Promise<Page<Team>> {
    const { search, centerId } = args.filter ?? {};
    const where = { ...(scopeOf(actor, 'teams:read') === 'TEAM' ? { id: { $in: [...actor.teamIds] } } : {}), ...(search ? { name: { $ilike: likePattern(search) } } : {}), ...(centerId ? { centerId } : {}) };
    return paginate(em, Team, { where, args, orderBy: { name: 'asc' } });
  }

  @Access('teams:create', 'CENTER')
  @Mutation(() => TeamPayload, { description: 'Makes a team.' })
  teamCreate(@Arg('input', () => TeamCreateInput, { description: 'The team to be made.' }) input: TeamCreateInput, @Ctx() scope: Scope): Promise<TeamPayload> {
    return answer(async () => ({ team: await this.teams.create(scope, input) }));
  }

  @Access('teams:update', 'CENTER')
  @Mutation(() => TeamPayload, { description: 'Changes what a team is called and what it is for.' })
  teamUpdate(@Arg('input', () => TeamUpdateInput, { description: 'The changes.' }) input: TeamUpdateInput, @Ctx() scope: Scope): Promise<TeamPayload> {
    return answer(async () => ({ team: await this.teams.update(scope, input) }));
  }

  @Access('teams:update', 'CENTER')
  @Mutation(() => TeamPayload, { description: 'Says who is in a team. What those may do who come or go changes at once.' })
  teamMembersSet(@Arg('input', () => TeamMembersSetInput, { description: 'The members.' }) input: TeamMembersSetInput, @Ctx() scope: Scope): Promise<TeamPayload> {
    return answer(async () => ({ team: await this.teams.setMembers(scope, input) }));
  }

  @Access('teams:delete', 'CENTER')
  @Mutation(() => TeamDeletePayload, { description: 'Deletes a team. Its members stay users.' })
  teamDelete(@Arg('input', () => TeamDeleteInput, { description: 'The team.' }) input: TeamDeleteInput, @Ctx() scope: Scope): Promise<TeamDeletePayload> {
    return answer(async () => ({ teamId: await this.teams.remove(scope, input) }));
  }

  @FieldResolver(() => Center, { nullable: true, description: 'The center that the team is of.' })
  center(@Root() team: Team): Center {
    return Object.assign(new Center(), { id: team.centerId });
  }

  @Access('teams:read', 'TEAM')
  @FieldResolver(() => Int, { nullable: true, description: 'How many members it has; for holders of `teams:read`.' })
  async memberCount(@Root() team: Team, @Ctx() scope: Scope): Promise<number> {
    assertSeesMembers(scope, team);
    return (await scope.batch.load('team members counted', team.id, (ids) => countMembers(scope.em, ids))) ?? 0;
  }

  @Access('teams:read', 'TEAM')
  @FieldResolver(() => UserConnection, { nullable: true, description: 'Its members, by user name; for holders of `teams:read`.' })
  async members(@Root() team: Team, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<User>> {
    assertSeesMembers(scope, team);
    const { em } = scope;
    const ids = (await em.find(TeamMember, { teamId: team.id }, { fields: ['userId'] })).map(({ userId }) => userId);
    return paginate(em, User, { where: { id: { $in: ids } }, args, orderBy: { username: 'asc' } });
  }
}
