export { isWithin } from '@vss/auth';
export { assertAdministratorIsLeft, isAdministratorsRole } from './administrators.js';
export { assertReachesRole, assertWithinActor, roleToGive } from './delegation.js';
export { Grant, GrantConditions, GrantInput, GrantScopeEnum, GRANTS_DESCRIPTION, grantsFrom, viewOfConditions, viewOfGrants } from './grant.types.js';
export { Role, RoleVersion } from './role.entity.js';
export { lineOf, loadRights, loadRightsOfAll, rightsNews, type Rights } from './rights.js';
export { loadTeamIds } from './role.queries.js';
export { assertGrants, rightsOf } from './role.rules.js';
export { createRoleService, type RoleService } from './role.service.js';
