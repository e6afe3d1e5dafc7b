export { Grant, Role } from './role.entity.js';
export { RoleResolver } from './role.resolver.js';
export { isWithin, rightsOf } from './role.rules.js';
export { createRoleService } from './role.service.js';
