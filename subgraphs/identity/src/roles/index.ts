export { Grant, Role } from './role.entity.js';
export { loadRights, loadRightsOfAll, type Rights } from './rights.js';
export { RoleResolver } from './role.resolver.js';
export { rightsOf } from './role.rules.js';
export { createRoleService } from './role.service.js';
export { loadTeamIds } from './role.queries.js';
