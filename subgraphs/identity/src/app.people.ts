import type { EntityManager } from '@vss/db';
import type { Outbox } from '@vss/events';
import type { NewId, Now } from '@vss/runtime';
import type { SignIn } from './app.sign-in.js';
import type { AuditService } from './audit/index.js';
import { createErasureService, createPersonDataService, erasureRoutes, ErasureResolver, identityHoldings, PersonDataExportResolver, PersonErasure, PersonErasureAnswer } from './erasure/index.js';
import { createAcceptanceService, createInvitationService, Invitation, InvitationResolver } from './invitations/index.js';
import type { PasswordHasher } from './passwords/index.js';
import type { HandOver, SessionService } from './sessions/index.js';
import { createMemberships, createPasswordChangeService, createTeamService, createUserNews, createUserSeeds, createUserService, PasswordChangeResolver, Team, TeamMember, TeamResolver, User, UserFieldsResolver, UserResolver, type By } from './users/index.js';

interface Deps {
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly sessions: Pick<SessionService, 'endAllOf'>;
  readonly signIn: Pick<SignIn, 'guesses' | 'entrance' | 'ownPassword' | 'finish'>;
  readonly handOver: HandOver;
  readonly newId: NewId;
  readonly now: Now;
}

/** Part of the app: who there is, how he comes, in which teams he is, and how he goes for good. */
export function buildPeople(deps: Deps) {
  const { sessions, signIn, handOver } = deps;
  const endSessions = async (tx: EntityManager, userId: string, by: By): Promise<void> => void (await sessions.endAllOf(tx, userId, by));
  const news = createUserNews(deps);
  const memberships = createMemberships({ ...deps, news });
  const users = createUserService({ ...deps, memberships, news, endSessions });
  const teams = createTeamService({ ...deps, memberships });
  const invitations = createInvitationService({ ...deps, users });
  const acceptance = createAcceptanceService({ ...deps, ...signIn, news, endSessions });
  const passwordChange = createPasswordChangeService({
    ...deps,
    news,
    assertKnown: (scope, password, field) => signIn.ownPassword.assertKnown(scope, password, field),
    endOtherSessions: async (tx, userId, keptSessionId, by) => void (await sessions.endAllOf(tx, userId, by, { except: keptSessionId })),
  });
  const erasures = createErasureService({ ...deps, memberships, news, holdings: identityHoldings });
  return {
    users,
    seeds: createUserSeeds({ ...deps, users, endSessions }),
    resolvers: [new UserResolver(users), UserFieldsResolver, new TeamResolver(teams), new InvitationResolver(invitations, acceptance, handOver), new PasswordChangeResolver(passwordChange), new ErasureResolver(erasures), new PersonDataExportResolver(createPersonDataService(deps))],
    consumers: [{ group: 'identity.erasures', ...erasureRoutes(erasures) }],
  };
}

export const peopleEntities = [User, Team, TeamMember, Invitation, PersonErasure, PersonErasureAnswer];
