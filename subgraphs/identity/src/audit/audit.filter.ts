import type { FilterQuery } from '@mikro-orm/core';
import { MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { Instant } from '@vss/graphql';
import { idsHolding } from './audit.queries.js';
import { AuditAction, AuditOutcome, SecurityAuditEntry } from './security-audit.entity.js';

const TEXT_DAYS = 31;
const DAY_MS = 86_400_000;

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

  @MaxLength(128)
  @Field(() => String, { nullable: true, description: 'Name of the mutation, exactly: `leadUpdate`.' })
  operation?: string | null;

  @MaxLength(128)
  @Field(() => String, { nullable: true, description: 'The right that it took, exactly: `leads:update`.' })
  permission?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the right was an override.' })
  override?: boolean | null;

  @MaxLength(100)
  @Field(() => String, { nullable: true, description: `Part of the target, the mutation’s name, the detail or the changed fields, in any case. Without \`from\`, of the last ${TEXT_DAYS} days before \`to\` or now.` })
  text?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Not before this instant.' })
  from?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Before this instant.' })
  to?: Date | null;
}

/** The lines that a filter means. A text is looked for line by line, so it is never looked for in all of five years. */
export function whereOf(filter: SecurityAuditFilter, now: Date): FilterQuery<SecurityAuditEntry> {
  const { text, from, to, ...exact } = filter;
  const since = from ?? (text ? new Date((to ?? now).getTime() - TEXT_DAYS * DAY_MS) : undefined);
  const at = { ...(since ? { $gte: since } : {}), ...(to ? { $lt: to } : {}) };
  const given = Object.fromEntries(Object.entries(exact).filter(([, value]) => value !== undefined && value !== null && value !== ''));
  return { ...given, ...(since || to ? { at } : {}), ...(text && since ? { id: { $in: idsHolding(text, since) } } : {}) };
}
