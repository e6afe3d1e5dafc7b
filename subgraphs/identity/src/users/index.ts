export { Center } from './center.stub.js';
export { Team, TeamMember } from './team.entity.js';
export { User, UserKind, UserState } from './user.entity.js';
export { UserConnection, UserEdge, UserResolver } from './user.resolver.js';
export { canonicalUsername, isUsername } from './user.rules.js';
export { createUserService, type UserSeed, type UserService } from './user.service.js';
