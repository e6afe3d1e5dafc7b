import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { PASSWORD, startPlatform, type GraphqlAnswer, type Platform } from './platform.js';

export const ROLES = ['admin', 'operator', 'seller', 'supervisor'] as const;
export type Role = (typeof ROLES)[number];
/** A role's demo user, nobody, or whoever holds this access token. */
export type Who = Role | 'stranger' | { readonly token: string };

/** The platform as somebody sees it who knows nothing but the operations' names. */
export interface Outside {
  readonly platform: Platform;
  answer(who: Who, query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>;
  /** What is under the first root field; fails on any error. */
  data<T>(who: Who, query: string, variables?: Record<string, unknown>): Promise<T>;
  /** Codes of the GraphQL errors. */
  codes(who: Who, query: string, variables?: Record<string, unknown>): Promise<unknown[]>;
  /** A user who was just made, signed in. */
  newcomer(role: Role): Promise<{ id: string; username: string; token: string }>;
  /** How many rows there are of each kind that a client can make, counted as administrator. */
  counts(): Promise<Record<string, number>>;
}

export interface Refusable {
  userErrors: { code: string; message: string; field: string[] }[];
}

export const LOGIN = `mutation ($input: LoginInput!) {
  login(input: $input) { accessToken refreshToken expiresAt user { id username role { name } } userErrors { code message field } } }`;
export const CALL_START = `mutation ($input: CallStartInput!) {
  callStart(input: $input) { call { id status phoneNumber slot { id number state kind } } userErrors { code message field } } }`;
export const CALL_END = `mutation ($input: CallEndInput!) { callEnd(input: $input) { call { id status } userErrors { code message field } } }`;
export const TRUNK_CREATE = `mutation ($input: TrunkCreateInput!) {
  trunkCreate(input: $input) { trunk { id capacity slots(first: 20) { nodes { number state } } } userErrors { code message field } } }`;
export const LEAD_CREATE = `mutation ($input: LeadCreateInput!) {
  leadCreate(input: $input) { lead { id clientName phone status assignedSeller { username } version } userErrors { code message field } } }`;
export const NOTE_CREATE = `mutation ($input: NoteCreateInput!) {
  noteCreate(input: $input) { note { id text call { id } lead { id } } userErrors { code message field } } }`;
export const USER_CREATE = `mutation ($input: UserCreateInput!) {
  userCreate(input: $input) { user { id username role { name } } userErrors { code message field } } }`;
export const SUPPRESSION_ADD = `mutation ($input: SuppressionAddInput!) {
  suppressionAdd(input: $input) { suppression { id phoneNumber } userErrors { code message field } } }`;
export const CALL = `query ($id: ID!) { call(id: $id) {
  id status outcome direction phoneNumber
  slot { id number kind state availability sipRegistered trunk { id } center { name } device { id model simulated } version }
  operator { username displayName } lead { id clientName } notes { nodes { id text } }
  startedAt answeredAt endedAt talkSeconds sipCode hangupCause legs { id party } cdr { id outcome talkSeconds } version } }`;

export const key = (): string => randomUUID();

export async function openOutside(env: Record<string, string> = {}): Promise<Outside> {
  const platform = await startPlatform(env);
  const tokens = new Map<string, string>();

  async function signIn(username: string): Promise<string> {
    const { data } = await platform.ask(LOGIN, { input: { username, password: PASSWORD } });
    const token = (data as { login: { accessToken: string | null } } | null | undefined)?.login.accessToken;
    if (!token) throw new Error(`${username} cannot sign in`);
    return token;
  }

  async function tokenOf(who: Who): Promise<string | undefined> {
    if (who === 'stranger') return undefined;
    if (typeof who !== 'string') return who.token;
    const token = tokens.get(who) ?? (await signIn(who));
    tokens.set(who, token);
    return token;
  }

  const answer: Outside['answer'] = async (who, query, variables) => platform.ask(query, variables, await tokenOf(who));
  async function data<T>(who: Who, query: string, variables?: Record<string, unknown>): Promise<T> {
    const { data: all, errors } = await answer(who, query, variables);
    expect(errors).toBeUndefined();
    return Object.values(all ?? {})[0] as T;
  }

  return {
    platform,
    answer,
    data,
    codes: async (who, query, variables) => ((await answer(who, query, variables)).errors ?? []).map(({ extensions }) => extensions?.['code']),
    async newcomer(role) {
      const username = `new-${randomUUID().slice(0, 8)}`;
      const { user } = await data<{ user: { id: string } }>('admin', USER_CREATE, { input: { username, password: PASSWORD, email: `${username}@example.com`, role } });
      return { id: user.id, username, token: await signIn(username) };
    },
    async counts() {
      const lists = ['calls', 'leads', 'trunks', 'slots', 'users', 'suppressions'];
      const { data: counted } = await answer('admin', `{ ${lists.map((list) => `${list} { totalCount }`).join(' ')} notes: leads(first: 200) { nodes { notes { totalCount } } } }`);
      const { notes, ...rows } = counted as unknown as Record<string, { totalCount: number }> & { notes: { nodes: { notes: { totalCount: number } }[] } };
      const sum = notes.nodes.reduce((total, lead) => total + lead.notes.totalCount, 0);
      return { ...Object.fromEntries(Object.entries(rows).map(([list, { totalCount }]) => [list, totalCount])), notesOnLeads: sum };
    },
  };
}
