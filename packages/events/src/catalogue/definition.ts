import { z } from 'zod';

/** Says what a kind of message carries. The type is its routing key. */
export interface MessageDefinition<Type extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly version: number;
  readonly payload: Payload;
  /** Id of the aggregate that the message is about: messages of one aggregate arrive in order. */
  aggregateIdOf(payload: z.output<Payload>): string;
}

export type PayloadOf<D extends MessageDefinition> = z.output<D['payload']>;

/** Something that happened: past tense, `<subgraph>.<entity>.<verb-ed>`. */
export function defineEvent<const Type extends string, Payload extends z.ZodType>(
  type: Type,
  payload: Payload,
  aggregateIdOf: (payload: z.output<Payload>) => string,
  version = 1,
): MessageDefinition<Type, Payload> {
  return { type, version, payload, aggregateIdOf };
}

/** Fields that every command to a hub carries. */
export const commandFields = {
  /** Id of the command's row at its sender; reports about it name this id. */
  commandId: z.string(),
  /** The hub whose queue takes it. */
  hubId: z.string(),
  /** Orders commands: those of one slot are executed in order. */
  slotId: z.string(),
  /** Grows with each holder of the slot; the runner refuses one lower than it has seen. */
  fencingToken: z.number().int().nonnegative(),
  /** After this instant the command is not begun any more. */
  deadlineAt: z.iso.datetime(),
};

/** Something to be done beside the hardware: imperative, `hub.<noun>.<verb>`. */
export function defineCommand<const Type extends `hub.${string}`, Shape extends z.ZodRawShape>(type: Type, shape: Shape, version = 1) {
  const payload = z.object({ ...commandFields, ...shape });
  return { type, version, payload, aggregateIdOf: (command: unknown) => (command as { slotId: string }).slotId };
}

export const instant = z.iso.datetime();
