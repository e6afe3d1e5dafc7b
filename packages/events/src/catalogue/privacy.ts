import { z } from 'zod';
import { defineEvent } from './definition.js';

/** What was found of a person in one place, and what was done about it. */
export const erasedHolding = z.object({
  /** In the words of the report: `event log`, `calls`. */
  what: z.string(),
  /** Rows that hold nothing of his any more, or are gone. */
  erased: z.number().int().nonnegative(),
  /** Rows that stay and still tell of him. */
  kept: z.number().int().nonnegative(),
  /** Why they stay; null where none does. */
  reason: z.string().nullable(),
});
export type ErasedHolding = z.output<typeof erasedHolding>;

/** The personal data of a user is to be gone everywhere: identity has erased its own, everybody else answers with `<subgraph>.person.erased`. */
export const PersonErased = defineEvent(
  'identity.person.erased',
  z.object({
    erasureId: z.string(),
    userId: z.string(),
    /** Stands wherever a name stood. */
    pseudonym: z.string(),
  }),
  (p) => p.userId,
);

const answerOf = <const Subgraph extends string>(subgraph: Subgraph) =>
  defineEvent(`${subgraph}.person.erased`, z.object({ erasureId: z.string(), userId: z.string(), holdings: z.array(erasedHolding) }), (p) => p.userId);

/** What each of the other subgraphs did about its part. */
export const PERSON_ERASED_BY = {
  crm: answerOf('crm'),
  devices: answerOf('devices'),
  operations: answerOf('operations'),
  telephony: answerOf('telephony'),
} as const;
