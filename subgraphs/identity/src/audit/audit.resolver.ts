import { MaxLength } from 'class-validator';
import { Args, ArgsType, Ctx, Field, FieldResolver, ID, InputType, Query, Resolver, Root } from 'type-graphql';
import { Access, batchById, connectionOf, ConnectionArgs, Instant, paginate, type Page, type Scope } from '@vss/graphql';
import { User } from '../users/index.js';
import { AuditAction, AuditOutcome, SecurityAuditEntry } from './security-audit.entity.js';

export const { Connection: SecurityAuditConnection, Edge: SecurityAuditEdge } = connectionOf(SecurityAuditEntry, 'SecurityAudit');

@InputType({ description: 'Which lines to list; what is given must all hold.' })
export class SecurityAuditFilter {
  @Field(() => AuditAction, { nullable: true, description: 'What was done or tried.' })
  action?: AuditAction | null;

  @Field(() => AuditOutcome, { nullable: true, description: 'Whether it was done.' })
  outcome?: AuditOutcome | null;

  @Field(() => ID, { nullable: true, description: 'Id of the user who did it.' })
  actorId?: string | null;

  @MaxLength(256)
  @Field(() => String, { nullable: true, description: 'What it was done to, exactly.' })
  target?: string | null;

  @MaxLength(256)
  @Field(() => String, { nullable: true, description: 'Trace id of the request.' })
  traceId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Not before this instant.' })
  from?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Before this instant.' })
  to?: Date | null;
}

@ArgsType()
class SecurityAuditArgs extends ConnectionArgs {
  @Field(() => SecurityAuditFilter, { nullable: true, description: 'Which lines to list; all when absent.' })
  filter?: SecurityAuditFilter | null;
}

@Resolver(() => SecurityAuditEntry)
export class SecurityAuditResolver {
  @Access('audit:read', 'CENTER')
  @Query(() => SecurityAuditConnection, { description: 'The security audit of one\'s center, newest first.' })
  securityAudit(@Args(() => SecurityAuditArgs) args: SecurityAuditArgs, @Ctx() scope: Scope): Promise<Page<SecurityAuditEntry>> {
    const { action, outcome, actorId, target, traceId, from, to } = args.filter ?? {};
    const at = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
    const where = {
      ...(action ? { action } : {}),
      ...(outcome ? { outcome } : {}),
      ...(actorId ? { actorId } : {}),
      ...(target ? { target } : {}),
      ...(traceId ? { traceId } : {}),
      ...(from || to ? { at } : {}),
    };
    return paginate(scope.em, SecurityAuditEntry, { where, args, orderBy: { at: 'desc' } });
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who did it; null when nobody is known to have, and for the platform itself.' })
  actor(@Root() entry: SecurityAuditEntry, @Ctx() scope: Scope): Promise<User | null> | null {
    return entry.actorId ? batchById(scope, User)(entry.actorId) : null;
  }
}
