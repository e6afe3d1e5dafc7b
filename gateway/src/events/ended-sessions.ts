import { payloadOf, SessionEnded, type Broker, type Subscription } from '@vss/events';
import { newId, type Logger } from '@vss/runtime';

/**
 * Tells the gateway of each session that ends. Every gateway must hear every one, so each is a group of its own; what
 * ends while it does not listen it does not hear, and those tokens live out their ten minutes.
 */
export function hearEndedSessions({ broker, endSession, logger }: { broker: Broker; endSession: (sessionId: string) => void; logger: Logger }): Promise<Subscription> {
  return broker.subscribe({
    group: newId('gateway'),
    isTemporary: true,
    patterns: [SessionEnded.type],
    handler: async (message) => endSession(payloadOf(SessionEnded, message).sessionId),
    onDead: async (message, reason) => logger.error({ messageId: message.id, reason }, 'The end of a session could not be understood'),
  });
}
