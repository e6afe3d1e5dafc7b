import type { Actor } from './actor.js';
import { GRANT_SCOPES, type GrantScope, type Permission } from './grants.js';

/** A right that was denied, and where. */
export interface DeniedRight {
  readonly permission: Permission;
  /** The narrowest scope that would have done. */
  readonly needed: GrantScope;
  /** `Query.calls`; empty where it was not known. */
  readonly coordinate: string;
  /** The row that it was about, where it was about one. */
  readonly row?: { readonly type: string; readonly id: string } | undefined;
  /** The field that a grant does not name among those that it shows. */
  readonly field?: string | undefined;
  /** What a service found in the way beyond the right itself, for people. */
  readonly why?: string | undefined;
  readonly at: Date;
}

/** What an `explainId` tells. */
export interface ExplainedDenial extends DeniedRight {
  readonly userId: string;
  readonly role: string;
  readonly permissionVersion: number;
  readonly rightsVersion: number;
}

const FORMAT = 1;
const LONGEST = 2_000;
const LONGEST_WHY = 300;

/**
 * Holds everything that an explanation needs, so that a denial costs microseconds and stores nothing. It is a note and no
 * proof: whoever has it explained must be allowed to explain its user.
 */
export function explainIdOf({ userId, role, permissionVersion, rightsVersion }: Actor, { permission, needed, coordinate, row, field, why, at }: DeniedRight): string {
  const subject = [FORMAT, userId, role, permissionVersion, rightsVersion];
  const told = [...subject, permission, GRANT_SCOPES.indexOf(needed), coordinate, at.getTime(), row?.type ?? '', row?.id ?? '', field ?? '', why?.slice(0, LONGEST_WHY) ?? ''];
  return Buffer.from(JSON.stringify(told)).toString('base64url');
}

/** What an `explainId` says, or undefined where it is none. */
export function readExplainId(text: string): ExplainedDenial | undefined {
  const told = text.length <= LONGEST ? parsed(text) : undefined;
  if (!Array.isArray(told) || told.length !== 13) return undefined;
  const [format, userId, role, permissionVersion, rightsVersion, permission, scope, coordinate, at, rowType, rowId, field, why] = told as unknown[];
  const needed = isCount(scope) ? GRANT_SCOPES[scope] : undefined;
  if (format !== FORMAT || !needed || !isText(userId) || !isText(role) || !isText(permission) || !isText(coordinate)) return undefined;
  if (!isCount(permissionVersion) || !isCount(rightsVersion) || !isCount(at) || at > LATEST || !isText(rowType) || !isText(rowId) || !isText(field) || !isText(why)) return undefined;
  const row = rowType === '' ? undefined : { type: rowType, id: rowId };
  return { userId, role, permissionVersion, rightsVersion, permission, needed, coordinate, row, field: field || undefined, why: why || undefined, at: new Date(at) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** The last instant that a Date can hold. */
const LATEST = 8.64e15;

// No text column holds a NUL, and what is told here is looked up.
const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0');
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
