import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access, batchById, connectionOf, ConnectionArgs, paginate, type Page, type Scope } from '@vss/graphql';
import { User } from '../users/index.js';
import { SecurityAuditFilter, whereOf } from './audit.filter.js';
import { AuditChange } from './chain.types.js';
import { SecurityAuditEntry } from './security-audit.entity.js';

export const { Connection: SecurityAuditConnection, Edge: SecurityAuditEdge } = connectionOf(SecurityAuditEntry, 'SecurityAudit');

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
    return paginate(scope.em, SecurityAuditEntry, { where: whereOf(args.filter ?? {}, scope.now()), args, orderBy: { at: 'desc' } });
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who did it; null when nobody is known to have, and for the platform itself.' })
  actor(@Root() entry: SecurityAuditEntry, @Ctx() scope: Scope): Promise<User | null> | null {
    return entry.actorId ? batchById(scope, User)(entry.actorId) : null;
  }

  @FieldResolver(() => [AuditChange], { description: 'The rows that it made, changed or deleted, 50 at most; `detail.untold` says how many more there were.' })
  changes(@Root() entry: SecurityAuditEntry): AuditChange[] {
    return entry.changes.map(({ fields, ...change }) => ({ ...change, fields: Object.entries(fields).map(([name, { before, after }]) => ({ name, before: before ?? null, after: after ?? null })) }));
  }
}
