import { schemaOf, type EntityManager } from '@vss/db';
import type { SystemRole } from '@vss/auth';

export async function insertRoleIfAbsent(tx: EntityManager, { id, seed, at }: { id: string; seed: SystemRole; at: Date }): Promise<void> {
  await tx.execute(
    `insert into ${schemaOf(tx)}.role (id, name, description, grants, permission_version, system, created_at, updated_at)
     values (?, ?, ?, ?::jsonb, 1, true, ?, ?) on conflict (name) do nothing`,
    [id, seed.name, seed.description, JSON.stringify(seed.grants), at, at],
  );
}
