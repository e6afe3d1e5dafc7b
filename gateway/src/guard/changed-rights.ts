import type { Actor } from '@vss/auth';
import type { PayloadOf, RightsChanged } from '@vss/events';
import { createBoundedCache } from '../common/bounded-cache.js';
import type { Session } from './authenticate.js';

/** One user has another role, or everybody of a role has other grants. */
export type RightsChange = PayloadOf<typeof RightsChanged>;

// A change matters until the tokens from before it have expired, ten minutes. Many more would have to come within them.
const KEPT = 100_000;
/** How far identity's clock, by which tokens are dated, may be from the one by which changes are. */
const CLOCK_SKEW_MS = 60_000;

/** The actor with the rights of the change, where it is about him and news; else the actor as he is. */
export function withChange(actor: Actor, change: RightsChange): Actor {
  if (change.sessionId !== undefined) return actor.sessionId === change.sessionId ? withKeysChange(actor, change) : actor;
  // What a key may do is not what its account may.
  if (actor.kind !== 'user') return actor;
  const { userId, role, permissionVersion, rightsVersion = 0, teamIds = actor.teamIds, grants } = change;
  // What a role comes to holds nothing that is the user's own: where he has that, identity tells it of him anew.
  if (userId === undefined) return role === actor.role && permissionVersion > actor.permissionVersion ? { ...actor, permissionVersion, rightsVersion: 0, grants } : actor;
  if (userId !== actor.userId) return actor;
  const isNews = role !== actor.role || permissionVersion > actor.permissionVersion || (permissionVersion === actor.permissionVersion && rightsVersion > actor.rightsVersion);
  return isNews ? { ...actor, role, permissionVersion, rightsVersion, teamIds, grants } : actor;
}

/** What identity says of a key is what holds: it has looked at everybody whose rights the key's hang on. */
const withKeysChange = (actor: Actor, { role, permissionVersion, rightsVersion = 0, teamIds = actor.teamIds, grants, costPerMinute }: RightsChange): Actor => ({
  ...actor,
  role,
  permissionVersion,
  rightsVersion,
  teamIds,
  grants,
  ...(costPerMinute === undefined ? {} : { limits: { costPerMinute } }),
});

/** What has changed since tokens were issued that are still good. */
export function createChangedRights() {
  const ofUsers = createBoundedCache<string, { readonly change: RightsChange; readonly at: Date }>(KEPT);
  const ofRoles = createBoundedCache<string, RightsChange>(KEPT);
  let isAny = false;
  return {
    take(change: RightsChange, at: Date): void {
      isAny = true;
      if (change.userId === undefined) ofRoles.set(change.role, change);
      else ofUsers.set(change.userId, { change, at });
    },
    /** The actor as he is now; the very same object where nothing has changed. */
    actorOf({ actor, issuedAt }: Session): Actor {
      if (!isAny) return actor;
      const ofUser = ofUsers.get(actor.userId);
      // A token from surely after the change knows better; of one that may be from before, the versions decide.
      const own = ofUser && (!issuedAt || issuedAt.getTime() <= ofUser.at.getTime() + CLOCK_SKEW_MS) ? withChange(actor, ofUser.change) : actor;
      const ofRole = ofRoles.get(own.role);
      return ofRole ? withChange(own, ofRole) : own;
    },
  };
}
