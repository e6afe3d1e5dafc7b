import type { Message, MessageContext } from '@vss/events';

/** What a message that follows from another carries on. */
export const following = ({ id, centerId, traceId, actor }: Message): MessageContext => ({ centerId, traceId, actor, causationId: id });
