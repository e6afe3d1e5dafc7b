import { CALL_EVENTS, CallQueued, on } from '@vss/events';
import type { EntityManager } from '@vss/db';
import type { MatchingService } from '../matching/index.js';
import { followCall, type CallSnapshot } from './call.service.js';

export function callRoutes(matching: MatchingService) {
  const follow = (tx: EntityManager, { call }: { call: CallSnapshot }): Promise<void> => followCall(tx, call);
  return [
    on(CallQueued, async (tx: EntityManager, { call }, message) => {
      await followCall(tx, call);
      await matching.match(tx, call, message);
    }),
    ...CALL_EVENTS.filter((definition) => definition !== CallQueued).map((definition) => on(definition, follow)),
  ];
}
