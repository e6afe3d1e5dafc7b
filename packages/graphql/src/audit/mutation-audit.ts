import type { EventSubscriber, FlushEventArgs, TransactionEventArgs } from '@mikro-orm/core';
import { isObjectType, getNamedType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { decisionFor } from '@vss/auth';
import type { EntityManager, Orm } from '@vss/db';
import type { AuditedChange, MutationRecord, Outbox } from '@vss/events';
import { AppError, messageOf, UserError, type Logger, type Now } from '@vss/runtime';
import type { TypeRules } from '../access.js';
import type { Scope } from '../scope.js';
import { changeOf, rowOf } from './changes.js';
import { addChange, currentMutation, doingsOf, dropDoings, inMutation, keepNested, markRecorded, takeDoings, type Doings, type Ended, type RunningMutation } from './mutation-context.js';

/**
 * Writes a mutation's record: within the transaction that did it, or by itself where nothing was done. `notes` are the
 * records that a service made itself (see `noteInMutation`).
 */
export type WriteRecord = (em: EntityManager, record: MutationRecord, context: { scope: Scope; notes: readonly unknown[] }) => Promise<void>;

export interface MutationAudit {
  /** Records a mutation that did nothing: it was refused, or there was nothing to do. */
  ended(mutation: RunningMutation, how: Ended, result: unknown, error: unknown): Promise<void>;
}

export interface MutationAuditOptions {
  readonly subgraph: string;
  readonly orm: Orm;
  readonly fork: () => EntityManager;
  readonly write: WriteRecord;
  readonly logger: Logger;
  readonly now: Now;
}

/** Hangs on to the subgraph's database: each transaction that commits within a mutation takes its record with it. */
export function createMutationAudit({ subgraph, orm, fork, write, logger, now }: MutationAuditOptions): MutationAudit {
  const recordOf = (mutation: RunningMutation, doings: Doings | undefined, outcome: Pick<MutationRecord, 'outcome' | 'errors'>): MutationRecord => {
    const { scope, operation, permission, override } = mutation;
    const changes = [...(doings?.changes.values() ?? [])];
    return {
      userId: scope.actor.userId,
      role: scope.actor.role,
      subgraph,
      operation,
      permission,
      override,
      ...outcome,
      target: targetOf(mutation, changes),
      changes,
      untold: doings?.untold.size ?? 0,
      sourceAddress: scope.request.address,
      at: now().toISOString(),
    };
  };

  orm.em.getEventManager().registerSubscriber(
    createRecorder(async (tx, mutation, doings) => {
      await write(tx, recordOf(mutation, doings, DONE), { scope: mutation.scope, notes: doings.notes });
    }),
  );

  return {
    async ended(mutation, { recorded, noted }, result, error) {
      const outcome = outcomeOf(result, error);
      if (recorded > 0 && (noted || outcome.outcome === 'ALLOWED')) return;
      // A line that names nobody accuses nobody, and who has no account could fill a table that is only added to.
      if (mutation.scope.actor.kind === 'anonymous') return;
      try {
        await write(fork(), recordOf(mutation, undefined, outcome), { scope: mutation.scope, notes: [] });
      } catch (cause) {
        logger.error({ err: cause, operation: mutation.operation, traceId: mutation.scope.traceId }, `A mutation could not be recorded: ${messageOf(cause)}`);
      }
    },
  };
}

function createRecorder(record: (tx: EntityManager, mutation: RunningMutation, doings: Doings) => Promise<void>): EventSubscriber {
  const isNested = ({ transaction }: TransactionEventArgs): boolean => typeof transaction === 'object' && transaction !== null && 'savepointName' in transaction;
  return {
    onFlush({ em, uow }: FlushEventArgs) {
      const doings = doingsOf(em);
      if (!doings) return;
      for (const set of uow.getChangeSets()) addChange(doings, rowOf(set), () => changeOf(set));
    },
    async beforeTransactionCommit(args: TransactionEventArgs) {
      if (isNested(args)) return keepNested(args.em);
      const mutation = currentMutation();
      const doings = mutation && takeDoings(args.em);
      if (doings) await record(args.em as EntityManager, mutation, doings);
    },
    afterTransactionCommit: (args: TransactionEventArgs) => markRecorded(args.em),
    afterTransactionRollback: (args: TransactionEventArgs) => dropDoings(args.em, isNested(args)),
  } as EventSubscriber;
}

const DONE = { outcome: 'ALLOWED', errors: [] } as const;
const BROKEN: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

/** Codes and fields, never messages: those may repeat what was typed. */
function outcomeOf(result: unknown, error: unknown): Pick<MutationRecord, 'outcome' | 'errors'> {
  if (error instanceof UserError) return { outcome: 'REFUSED', errors: [refusal(error)] };
  if (error instanceof AppError) return { outcome: BROKEN.has(error.code) ? 'FAILED' : 'REFUSED', errors: [{ code: error.code }] };
  if (error !== undefined) return { outcome: 'FAILED', errors: [{ code: 'INTERNAL_SERVER_ERROR' }] };
  const { userErrors = [] } = (typeof result === 'object' && result !== null ? result : {}) as { userErrors?: { code: string; field: readonly string[] }[] };
  return userErrors.length > 0 ? { outcome: 'REFUSED', errors: userErrors.slice(0, 10).map(refusal) } : DONE;
}

const refusal = ({ code, field }: { code: string; field: readonly string[] }): { code: string; field?: string } => (field.length > 0 ? { code, field: field.join('.') } : { code });

/** The row that the payload shows, else the one that the input names, else the first that was written. */
function targetOf({ about, named }: RunningMutation, changes: readonly AuditedChange[]): string | null {
  const shown = changes.filter(({ type }) => about.includes(type));
  const main = shown.find(({ id }) => id === named) ?? shown.find(({ did }) => did === 'CREATED') ?? shown[0];
  return main?.id ?? named ?? changes[0]?.id ?? null;
}

/**
 * Puts every mutation of a schema into the audit, in place. Within the guard: what that refuses is a denial, and
 * recorded as one.
 */
export function auditMutations(schema: GraphQLSchema, rules: Readonly<Record<string, TypeRules>>): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) auditField(field, rules['Mutation']?.fields[field.name]?.permission ?? '');
}

function auditField(field: GraphQLField<unknown, Scope>, permission: string): void {
  const resolve = field.resolve;
  const about = typesIn(field);
  field.resolve = (parent, args, scope, info) => {
    const audit = scope.mutationAudit;
    if (!audit || !resolve) return resolve?.(parent, args, scope, info);
    const { actor } = scope;
    const override = actor.kind !== 'system' && decisionFor(actor, permission, 'OWN').isOverride;
    const mutation: RunningMutation = { operation: field.name, permission, override, about, named: namedIn(args), scope };
    return inMutation(mutation, async () => resolve(parent, args, scope, info), (how, result, error) => audit.ended(mutation, how, result, error));
  };
}

/** `call` of `CallPayload`: entity and GraphQL type are one class, so the names are the same. */
function typesIn(field: GraphQLField<unknown, Scope>): string[] {
  const payload = getNamedType(field.type);
  if (!isObjectType(payload)) return [];
  const types = Object.values(payload.getFields()).map(({ type }) => getNamedType(type));
  return [payload, ...types].filter(isObjectType).map(({ name }) => name);
}

const ID = /^[a-z]{2,63}_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** `input.id`, or the first field that is an id of ours. */
function namedIn({ input }: { input?: unknown }): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const { id, ...rest } = input as Record<string, unknown>;
  const ids = [id, ...Object.values(rest)].filter((value): value is string => typeof value === 'string' && ID.test(value));
  return ids[0] ?? null;
}

/** Hands a record of a service's own to the running mutation, to be written when the transaction commits. False outside of any. */
export function noteInMutation(tx: object, note: unknown): boolean {
  const doings = doingsOf(tx);
  doings?.notes.push(note);
  return doings !== undefined;
}

/** An outbox that lets the audit see which transactions say something. */
export function heard(outbox: Outbox): Outbox {
  return {
    add(tx, definition, payload, context) {
      const doings = doingsOf(tx);
      if (doings) doings.spoke = true;
      return outbox.add(tx, definition, payload, context);
    },
  };
}
