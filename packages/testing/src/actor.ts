import { grantsOfRole, resolveGrants, type Actor, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';

/**
 * A user with the grants of a system role, or with just those given. Each has a center of his own unless told, so that
 * tests do not see each other's rows.
 */
export function anActor({ role = 'operator', grants, ...rest }: Partial<Omit<Actor, 'grants'>> & { grants?: readonly Grant[] } = {}): Actor {
  const userId = newId('usr');
  return {
    kind: 'user',
    userId,
    username: userId,
    sessionId: newId('ses'),
    role,
    centerId: newId('ctr'),
    teamIds: [],
    permissionVersion: 1,
    rightsVersion: 0,
    grants: grants ? resolveGrants(grants) : grantsOfRole(role),
    ...rest,
  };
}
