import type { FilterQuery } from '@mikro-orm/core';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { scopeOf, type Permission } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { Access, type Scope } from '@vss/graphql';
import { AppError, isIdOf } from '@vss/runtime';
import { whereOf } from './audit.filter.js';
import type { AuditService } from './audit.service.js';
import { canonicalJson, PLATFORM_CHAIN } from './chain.rules.js';
import type { ChainService, SignedHead } from './chain.service.js';
import { AuditExport, AuditHead, AuditVerification, AuditExportInput, AuditVerifyInput } from './chain.types.js';
import { AuditAction, SecurityAuditEntry } from './security-audit.entity.js';

interface Deps {
  readonly chains: ChainService;
  readonly audit: AuditService;
  readonly openEm: () => EntityManager;
}

@Resolver()
export class AuditChainResolver {
  readonly #chains: ChainService;
  readonly #audit: AuditService;
  readonly #openEm: () => EntityManager;

  constructor({ chains, audit, openEm }: Deps) {
    this.#chains = chains;
    this.#audit = audit;
    this.#openEm = openEm;
  }

  @Access('audit:verify', 'CENTER')
  @Query(() => AuditVerification, { description: 'Checks that no entry was changed, removed or put in later, and with a head that was kept, that nothing was cut off or written anew.' })
  async auditVerify(@Arg('input', () => AuditVerifyInput, { description: 'What to check.' }) input: AuditVerifyInput, @Ctx() scope: Scope): Promise<AuditVerification> {
    const { fromSeq, toSeq, from, to, head } = input;
    if ((fromSeq && from) || (toSeq && to)) throw new AppError('BAD_USER_INPUT', 'An end of the range is a number or an instant, not both');
    const { head: reached, ...verdict } = await this.#chains.verify({ chain: chainFor(scope, 'audit:verify', input.centerId), from: fromSeq ?? from ?? undefined, to: toSeq ?? to ?? undefined, head: head ?? undefined });
    return { ...verdict, head: shown(reached) };
  }

  @Access('audit:verify', 'CENTER')
  @Query(() => AuditHead, { description: 'What a chain has come to, signed.' })
  async auditHead(
    @Arg('centerId', () => ID, { nullable: true, description: 'Id of a center, or `platform`; one’s own when absent. Others need `audit:verify` with scope ALL.' }) centerId: string | null,
    @Ctx() scope: Scope,
  ): Promise<AuditHead> {
    return shown(await this.#chains.head(chainFor(scope, 'audit:verify', centerId)));
  }

  @Access('audit:export', 'CENTER')
  @Query(() => AuditExport, { description: 'A chain as JSON lines, page by page; that it was handed out is recorded with the first page.' })
  async auditExport(@Arg('input', () => AuditExportInput, { description: 'What to hand out.' }) input: AuditExportInput, @Ctx() scope: Scope): Promise<AuditExport> {
    const { filter, cursor, limit } = input;
    const fromSeq = Number(cursor ?? 1);
    const chain = chainFor(scope, 'audit:export', input.centerId);
    if (cursor == null) await this.#recordExport(scope, chain, filter ?? {});
    const select = filter ? (em: EntityManager) => idsOf(em, { $and: [whereOf(filter, scope.now()), { chain, seq: { $gte: fromSeq } }] }, limit + 1) : undefined;
    const { lines, head } = await this.#chains.exported({ chain, fromSeq, limit: limit + 1, select });
    const page = lines.slice(0, limit);
    return { jsonl: page.map((line) => `${canonicalJson(line)}\n`).join(''), count: page.length, nextCursor: lines[limit]?.seq.toString() ?? null, head: shown(head) };
  }

  #recordExport({ actor, traceId, request }: Scope, chain: string, filter: object): Promise<void> {
    const centerId = chain === PLATFORM_CHAIN ? null : chain;
    const record = { action: AuditAction.AUDIT_EXPORTED, centerId, actorId: actor.userId, target: chain, detail: { filter: Object.keys(filter) } };
    return this.#openEm().transactional(async (tx) => this.#audit.record(tx, record, { traceId, address: request.address }));
  }
}

const shown = ({ at, ...head }: SignedHead): AuditHead => ({ ...head, at: new Date(at) });

/** One's own chain; only who may read everywhere names another. A center of which nothing was recorded has an empty one. */
function chainFor({ actor }: Scope, permission: Permission, named: string | null | undefined): string {
  const own = actor.centerId || PLATFORM_CHAIN;
  if (!named || named === own) return own;
  const isChain = named === PLATFORM_CHAIN || isIdOf('ctr', named);
  if (!isChain || scopeOf(actor, permission) !== 'ALL') throw new AppError('NOT_FOUND', 'There is no such chain');
  return named;
}

async function idsOf(em: EntityManager, where: FilterQuery<SecurityAuditEntry>, limit: number): Promise<string[]> {
  const entries = await em.find(SecurityAuditEntry, where, { orderBy: { seq: 'asc' }, limit });
  return entries.map(({ id }) => id);
}
