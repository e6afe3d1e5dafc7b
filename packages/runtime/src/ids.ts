import { typeid } from 'typeid-js';

/**
 * Makes an id such as `call_01jd…`: a TypeID, which is a UUIDv7 with a readable prefix. Ids of one kind sort by
 * the time they were made.
 */
export const newId = (prefix: string): string => typeid(prefix).toString();

export type NewId = typeof newId;

/** Whether `id` has the form of an id of this kind; says nothing of whether it exists. */
export const isIdOf = (prefix: string, id: string): boolean =>
  id.startsWith(`${prefix}_`) && /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(id.slice(prefix.length + 1));
