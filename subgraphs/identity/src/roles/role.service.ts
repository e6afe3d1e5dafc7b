import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { RightsChanged, type Outbox } from '@vss/events';
import { SYSTEM_ROLES, type SystemRole } from '@vss/auth';
import { newId as typeId, newTraceId, type NewId, type Now, systemNow } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { Role } from './role.entity.js';
import { rightsOf } from './role.rules.js';
import { insertRoleIfAbsent } from './role.queries.js';

interface Deps {
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly newId?: NewId;
  readonly now?: Now;
}

export function createRoleService({ outbox, audit, newId = typeId, now = systemNow }: Deps) {
  async function ensure(tx: EntityManager, seed: SystemRole): Promise<void> {
    // Several processes may start at once: one inserts, the others wait for the row and find it as it should be.
    await insertRoleIfAbsent(tx, { id: newId('role'), seed, at: now() });
    const role = await tx.findOneOrFail(Role, { name: seed.name }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    role.description = seed.description;
    if (sameGrants(role.grants, seed.grants)) return;
    const before = role.grants;
    role.grants = [...seed.grants];
    role.permissionVersion += 1;
    role.updatedAt = now();
    const detail = { grants: { before, after: role.grants }, permissionVersion: role.permissionVersion };
    const traceId = newTraceId();
    audit.record(tx, { action: AuditAction.ROLE_CHANGED, centerId: null, actorId: null, target: role.id, detail }, { traceId, address: '' });
    await outbox.add(tx, RightsChanged, rightsOf(role), { centerId: null, traceId, actor: 'system' });
  }
  return {
    /** Brings the platform's own roles to what this version says. Their permission version grows when grants changed. */
    ensureSystemRoles: (em: EntityManager, seeds: readonly SystemRole[] = SYSTEM_ROLES): Promise<void> =>
      em.transactional(async (tx) => {
        for (const seed of seeds) await ensure(tx, seed);
      }),
  };
}

// PostgreSQL keeps jsonb with its keys in an order of its own.
function sameGrants(a: unknown, b: unknown): boolean {
  const inOrder = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inOrder);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, each]) => [key, inOrder(each)]));
  };
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}
