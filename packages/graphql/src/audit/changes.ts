import { JsonType, type ChangeSet } from '@mikro-orm/core';
import type { AuditedChange } from '@vss/events';
import { classOfField } from './field-classes.js';

/** Rows told one by one; an import of thousands says how many more there were. */
export const MOST_CHANGES = 50;
const LONGEST_VALUE = 500;

type Did = AuditedChange['did'];
type Fields = AuditedChange['fields'];

const DID: Readonly<Record<string, Did>> = { create: 'CREATED', update: 'UPDATED', update_early: 'UPDATED', delete: 'DELETED', delete_early: 'DELETED' };

/** Tells rows apart, also those that the audit does not name. */
export const rowOf = (set: ChangeSet<object>): string => `${set.meta.className} ${idOf(set)}`;

const idOf = (set: ChangeSet<object>): string => [set.getPrimaryKey() ?? ''].flat().map(String).join(',');

/** What one flush is about to write, as the audit keeps it: what a secret identifies is not named. */
export function changeOf(set: ChangeSet<object>): AuditedChange | undefined {
  const did = DID[set.type];
  if (!did) return undefined;
  const { class: entity, primaryKeys, properties } = set.meta;
  const [before, after] = [valuesBefore(set, did), did === 'DELETED' ? {} : (set.payload as Values)];
  const fields: Fields = {};
  for (const name of Object.keys(did === 'DELETED' ? before : after)) {
    const column = (properties as Readonly<Record<string, { customType?: unknown; hidden?: boolean }>>)[name];
    const declared = classOfField(entity, name);
    // What never leaves in an answer does not leave by the audit, whatever somebody wrote beside it.
    const kind = declared && column?.hidden ? 'secret' : declared;
    if (!kind || primaryKeys.includes(name as never)) continue;
    const isJson = column?.customType instanceof JsonType;
    const keep = (value: unknown): unknown => (value === null || value === undefined ? null : kind === 'plain' ? storable(isJson ? parsed(value) : value) : `[${kind}]`);
    fields[name] = { ...(did === 'CREATED' ? {} : { before: keep(before[name]) }), ...(did === 'DELETED' ? {} : { after: keep(after[name]) }) };
  }
  const isSecret = primaryKeys.some((key) => classOfField(entity, key) === 'secret');
  return { type: set.meta.className, id: isSecret ? '[secret]' : idOf(set), did, fields };
}

type Values = Readonly<Record<string, unknown>>;

function valuesBefore(set: ChangeSet<object>, did: Did): Values {
  if (did === 'CREATED') return {};
  return did === 'DELETED' ? Object.fromEntries(set.meta.hydrateProps.map(({ name }) => [name, (set.entity as Values)[name]])) : (set.originalEntity ?? {});
}

/** The ORM holds a changed JSON column as the text that it sends. */
const parsed = (value: unknown): unknown => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value);

/** Several flushes of one transaction change a row several times; what counts is how it was before all and is after. */
export function merged(earlier: AuditedChange, later: AuditedChange): AuditedChange | undefined {
  if (earlier.did === 'CREATED' && later.did === 'DELETED') return undefined;
  const fields: Fields = { ...earlier.fields };
  for (const [name, { before, after }] of Object.entries(later.fields)) {
    const first = fields[name];
    fields[name] = first ? { ...first, ...(after === undefined ? {} : { after }) } : earlier.did === 'CREATED' ? { after } : { before, ...(after === undefined ? {} : { after }) };
  }
  return { ...earlier, did: earlier.did === 'CREATED' ? 'CREATED' : later.did, fields };
}

/** As JSON holds it, and never longer than a line of the audit should be. */
function storable(value: unknown): unknown {
  const clean = cleaned(value);
  if (typeof clean === 'string') return shortened(clean);
  const text = JSON.stringify(clean) ?? 'null';
  return text.length > LONGEST_VALUE ? shortened(text) : clean;
}

const shortened = (text: string): string => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}… (${text.length} characters)` : text);

/** Half a surrogate pair, or U+0000, and the database would refuse the line, and with it the mutation. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD');
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleaned(key), cleaned(inner)]));
}
