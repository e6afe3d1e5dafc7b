import { decide, type Actor, type Permission, type RowFacts } from '@vss/auth';

export const RESOURCE_TYPES = ['USER', 'ROLE', 'CENTER', 'CALL', 'LEAD', 'NOTE', 'SLOT', 'TRUNK', 'HUB', 'DEVICE'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** The first half of the permissions that are about rows of a type. */
const ABOUT: Readonly<Record<ResourceType, readonly string[]>> = {
  USER: ['users', 'directory'],
  ROLE: ['roles'],
  CENTER: ['centers'],
  CALL: ['calls', 'cdrs', 'recordings'],
  LEAD: ['leads'],
  NOTE: ['notes'],
  SLOT: ['slots'],
  TRUNK: ['trunks'],
  HUB: ['devices'],
  DEVICE: ['devices'],
};

/** What makes something new is about no row that is there; what gives a slot back is about a lease. */
const ABOUT_NO_ROW = new Set(['create', 'start', 'answer', 'import', 'release']);

export function isAbout(type: ResourceType, permission: Permission): boolean {
  const [resource = '', action = ''] = permission.split(':');
  return ABOUT[type].includes(resource) && !ABOUT_NO_ROW.has(action);
}

/** The types whose rows are shared by their center: which of them one may see depends on nothing but that. */
export const isShared = (type: ResourceType): boolean => ['SLOT', 'TRUNK', 'HUB', 'DEVICE'].includes(type);

/** A row as identity knows it from its owner's events: ids, and nothing that it says. */
export interface Known {
  readonly centerId: string | null;
  readonly ownerId: string | null;
  readonly assigneeId: string | null;
}

export type TeamsOf = (userId: string | null) => readonly string[];

const present = (...ids: readonly (string | null | undefined)[]): string[] => ids.filter((id) => typeof id === 'string');
const teamsOfAll = (teamsOf: TeamsOf, ids: readonly string[]): string[] => ids.flatMap((id) => teamsOf(id));

export const sharedRow = (centerId: string | null): RowFacts => ({ centerId, ownerIds: [], assigneeIds: [], isShared: true });

/** A user is his own; what colleagues may know of him is shared by the center. */
export const userRow = (user: { id: string; centerId: string }, permission: Permission, teamsOf: TeamsOf): RowFacts =>
  permission.startsWith('directory:') ? sharedRow(user.centerId) : { centerId: user.centerId, ownerIds: [user.id], assigneeIds: [], teamIds: teamsOf(user.id) };

/** A call is the operator's who makes it, and assigned to the seller whose lead it is with. */
export function callRow(call: Known, lead: Known | undefined, teamsOf: TeamsOf): RowFacts {
  const [ownerIds, assigneeIds] = [present(call.ownerId), present(lead?.ownerId)];
  return { centerId: call.centerId, ownerIds, assigneeIds, teamIds: teamsOfAll(teamsOf, [...ownerIds, ...assigneeIds]) };
}

/** A lead is its seller's, and assigned to the operator who works on it: to every one of the center while it is in the open pool. */
export function leadRow(lead: Known, teamsOf: TeamsOf): RowFacts {
  const [ownerIds, assigneeIds] = [present(lead.ownerId), present(lead.assigneeId)];
  return { centerId: lead.centerId, ownerIds, assigneeIds, isOpen: lead.assigneeId === null, teamIds: teamsOfAll(teamsOf, [...ownerIds, ...assigneeIds]) };
}

/** What a note hangs on. */
export interface NoteContext {
  readonly call: Known | undefined;
  /** The note's lead, and that of its call. */
  readonly leads: readonly Known[];
}

/**
 * To read: a note belongs to whoever sees the lead that it is about, and is assigned to who made the call. To change: it
 * is its author's, and who may not read it may not change it either.
 */
export function noteRow(note: Known, { call, leads }: NoteContext, subject: Actor, teamsOf: TeamsOf): RowFacts {
  const seesLead = leads.some((lead) => decide(subject, 'leads:read', { row: leadRow(lead, teamsOf) }).allowed);
  return { centerId: note.centerId, ownerIds: seesLead ? [subject.userId] : [], assigneeIds: present(call?.ownerId), teamIds: teamsOf(call?.ownerId ?? null) };
}

export const noteRowToChange = (note: Known, teamsOf: TeamsOf): RowFacts => ({ centerId: note.centerId, ownerIds: present(note.ownerId), assigneeIds: [], teamIds: teamsOf(note.ownerId) });
