import { MaxLength } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { PERMISSIONS, scopeOf } from '@vss/auth';
import { Access, type Scope } from '@vss/graphql';
import { argumentError, type DecisionService } from './decision.service.js';
import { HeldRight, PermissionCheck, PermissionExplanation, ResourceInput } from './decision.types.js';
import { explanationOf } from './explanation.js';
import { isAllowedBy } from './explanation.rules.js';

@ArgsType()
class ExplainArgs {
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'The right, `resource:action`. Either this or `explainId`.' })
  permission?: string | null;

  @Field(() => ResourceInput, { nullable: true, description: 'The row that it is about; absent: the right by itself.' })
  resource?: ResourceInput | null;

  @Field(() => ID, { nullable: true, description: 'Whose right; one’s own where absent. That of others takes `permissions:explain`.' })
  asUserId?: string | null;

  @MaxLength(2_000)
  @Field(() => String, { nullable: true, description: 'From `extensions.explainId` of an error, or `explainId` of a user error: what was denied then.' })
  explainId?: string | null;
}

@Resolver()
export class DecisionResolver {
  constructor(private readonly decisions: DecisionService) {}

  @Access('authenticated')
  @Query(() => PermissionCheck, { description: 'Whether something may be done: at all, or with one row.' })
  async permissionCheck(
    @Arg('permission', () => String, { description: 'The right, `resource:action`.' }) permission: string,
    @Arg('resource', () => ResourceInput, { nullable: true, description: 'The row that it is about; absent: the right by itself.' }) resource: ResourceInput | null,
    @Arg('asUserId', () => ID, { nullable: true, description: 'Whose right; one’s own where absent. That of others takes `permissions:explain`.' }) asUserId: string | null,
    @Ctx() scope: Scope,
  ): Promise<PermissionCheck> {
    const { judgement, subject } = await this.decisions.explain(scope, { permission, resource, asUserId });
    const { held = null, deniedBy } = judgement.decision;
    return { allowed: isAllowedBy(judgement), scope: deniedBy === undefined ? held : null, permissionVersion: subject.actor.permissionVersion };
  }

  @Access('authenticated')
  @Query(() => [HeldRight], { description: 'What one may do now: every right that one has, by its name, with what a role gives, what was given for a time, and less what is denied.' })
  myRights(@Ctx() { actor }: Scope): HeldRight[] {
    return [...PERMISSIONS.keys()].sort().flatMap((permission) => {
      const scope = scopeOf(actor, permission);
      return scope ? [{ permission, scope }] : [];
    });
  }

  @Access('authenticated')
  @Query(() => PermissionExplanation, { description: 'Why something may be done, or may not: asked for by right and row, or by the `explainId` of a denial.' })
  async permissionExplain(@Args(() => ExplainArgs) { permission, explainId, ...question }: ExplainArgs, @Ctx() scope: Scope): Promise<PermissionExplanation> {
    if ((permission == null) === (explainId == null)) throw argumentError('permission', 'give either permission or explainId');
    if (permission != null) return explanationOf(scope, await this.decisions.explain(scope, { permission, ...question }));
    if (question.resource != null || question.asUserId != null) throw argumentError('explainId', 'names user and row itself: give neither resource nor asUserId');
    return explanationOf(scope, await this.decisions.explainDenial(scope, explainId ?? ''));
  }
}
