import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM_ROLES } from '@vss/auth';
import { forkFor, openOrm, type Orm } from '@vss/db';
import { createOutbox } from '@vss/events';
import { silentLogger } from '@vss/runtime';
import { createAuditService, SecurityAuditEntry } from '../audit/index.js';
import { startIdentity, type TestIdentity } from '../identity.fixture.js';
import { createRoleService, Role, RoleVersion } from './index.js';

let test: TestIdentity;
let orm: Orm;
beforeAll(async () => {
  test = await startIdentity();
  orm = await openOrm({ target: test.database.target, contextName: 'roles-test', schema: 'identity', entities: [Role, RoleVersion, SecurityAuditEntry], logger: silentLogger });
});
afterAll(async () => {
  await orm.close();
  await test.stop();
});

const roles = createRoleService({ outbox: createOutbox({ schema: 'identity' }), audit: createAuditService() });
const versions = () => test.rows<{ name: string; permission_version: number }>('select name, permission_version from identity.role order by name');
const ensure = (seeds = SYSTEM_ROLES) => roles.ensureSystemRoles(forkFor(orm, 'ALL'), seeds);

it('seeds the system roles once, however many processes start; their version grows with their grants alone', async () => {
  const atFirst = await versions();
  expect(atFirst).toEqual(['admin', 'operator', 'seller', 'supervisor'].map((name) => ({ name, permission_version: 1 })));
  await Promise.all([ensure(), ensure()]);
  expect(await versions()).toEqual(atFirst);
  const wider = SYSTEM_ROLES.map((role) => (role.name === 'seller' ? { ...role, grants: [...role.grants, { resource: 'slots', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' } as const] } : role));
  await Promise.all([ensure(wider), ensure(wider)]);
  expect((await versions()).find(({ name }) => name === 'seller')).toEqual({ name: 'seller', permission_version: 2 });
  expect(await test.rows(`select actor_id from identity.security_audit_entry where action = 'ROLE_CHANGED'`)).toEqual([{ actor_id: null }]);
  expect(await test.rows(`select version from identity.role_version where name = 'seller' order by version`)).toEqual([{ version: 1 }, { version: 2 }]);
  const seller = await test.person('seller');
  expect((await test.ask(seller.actor, '{ me { role { permissionVersion grants { resource } } } }')).data.me.role).toMatchObject({ permissionVersion: 2, grants: expect.arrayContaining([{ resource: 'slots' }]) });
});
