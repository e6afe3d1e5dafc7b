import type { Actor } from '@vss/auth';
import type { Message, MessageContext } from '@vss/events';

/** On whose behalf, in which trace and by which message something happens: every event of ours carries it. */
export type Cause = Omit<MessageContext, 'centerId'>;

export const byActor = ({ actor, traceId }: { actor: Actor; traceId: string }): Cause => ({ actor: actor.userId, traceId });
export const byMessage = (message: Message): Cause => ({ actor: message.actor, traceId: message.traceId, causationId: message.id });
