import { payloadOf, RightsChanged, SessionEnded, SigningKeyRotated, type Broker, type Message, type Subscription } from '@vss/events';
import { newId, type Logger } from '@vss/runtime';
import type { RightsChange } from '../guard/changed-rights.js';

/** What a gateway has to hear of, because tokens do not tell it. */
export interface IdentityNews {
  endSession(sessionId: string): void;
  changeRights(change: RightsChange): void;
  /** Another key signs access tokens; what the revoked ones signed is worth nothing. */
  changeKeys(revoked: readonly string[]): void;
}

/**
 * Tells the gateway of each session that ends, of rights that change and of keys. Every gateway must hear all of it, so each is a
 * group of its own; what comes while it does not listen it does not hear, and has to ask: see session-watch.ts.
 */
export function hearIdentity({ broker, news, logger }: { broker: Broker; news: IdentityNews; logger: Logger }): Promise<Subscription> {
  return broker.subscribe({
    group: newId('gateway'),
    isTemporary: true,
    patterns: [SessionEnded.type, RightsChanged.type, SigningKeyRotated.type],
    handler: async (message) => tell(news, message),
    onDead: async (message, reason) => logger.error({ messageId: message.id, reason }, 'News of identity could not be understood'),
  });
}

function tell(news: IdentityNews, message: Message): void {
  if (message.type === SessionEnded.type) news.endSession(payloadOf(SessionEnded, message).sessionId);
  else if (message.type === SigningKeyRotated.type) news.changeKeys(payloadOf(SigningKeyRotated, message).revoked);
  else news.changeRights(payloadOf(RightsChanged, message));
}
