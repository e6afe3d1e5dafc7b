import type { ComponentType } from 'react';
import type { May, RoleName } from './rights.js';
import { CallsView } from './views/calls.js';
import { EventsView } from './views/events.js';
import { LeadsView } from './views/leads.js';
import { OverviewView } from './views/overview.js';
import { SlotsView } from './views/slots.js';
import { TrunksView } from './views/trunks.js';
import { ProfileView } from './views/account/profile.js';
import { AuditView } from './views/audit/audit.js';
import { ExplainView } from './views/explain/explain.js';
import { KeysView } from './views/keys/keys.js';
import { RolesView } from './views/roles/roles.js';
import { TemporaryGrantsView } from './views/roles/temporary-grants.js';
import { SessionsView } from './views/sessions/sessions.js';
import { TeamsView } from './views/users/teams.js';
import { UsersView } from './views/users/users.js';

export interface Page {
  /** First part of its address. */
  path: string;
  title: string;
  /** `hidden`: reached by links only. */
  part: 'day' | 'administration' | 'hidden';
  /** Any of them will do; everybody's where there is none. */
  rights?: readonly string[];
  View: ComponentType;
}

export const PAGES: readonly Page[] = [
  { path: 'overview', title: 'Overview', part: 'day', rights: ['dashboard:read'], View: OverviewView },
  { path: 'slots', title: 'Slots', part: 'day', rights: ['slots:read'], View: SlotsView },
  { path: 'calls', title: 'Calls', part: 'day', rights: ['calls:read'], View: CallsView },
  { path: 'leads', title: 'Leads', part: 'day', rights: ['leads:read'], View: LeadsView },
  { path: 'trunks', title: 'Trunks', part: 'day', rights: ['trunks:create'], View: TrunksView },
  { path: 'events', title: 'Events', part: 'day', rights: ['events:read'], View: EventsView },
  { path: 'users', title: 'Users', part: 'administration', rights: ['users:read'], View: UsersView },
  { path: 'teams', title: 'Teams', part: 'administration', rights: ['teams:read'], View: TeamsView },
  { path: 'roles', title: 'Roles', part: 'administration', rights: ['roles:read'], View: RolesView },
  { path: 'temporary', title: 'Temporary rights', part: 'administration', rights: ['temporary-grants:approve', 'users:read'], View: TemporaryGrantsView },
  { path: 'temporary', title: 'Temporary rights', part: 'hidden', rights: ['temporary-grants:read', 'temporary-grants:request'], View: TemporaryGrantsView },
  { path: 'sessions', title: 'Sessions', part: 'administration', rights: ['sessions:read'], View: SessionsView },
  { path: 'keys', title: 'API keys', part: 'administration', rights: ['api-keys:read'], View: KeysView },
  { path: 'audit', title: 'Audit', part: 'administration', rights: ['audit:read'], View: AuditView },
  { path: 'explain', title: 'Explain', part: 'administration', rights: ['permissions:explain'], View: ExplainView },
  { path: 'explain', title: 'Explain', part: 'hidden', View: ExplainView },
  { path: 'profile', title: 'My profile', part: 'hidden', View: ProfileView },
];

/** Where each role begins. */
const HOME: Record<RoleName, string> = { admin: 'overview', operator: 'slots', seller: 'leads', supervisor: 'overview' };

export const isFor = ({ rights }: Page, may: May): boolean => !rights || rights.some((right) => may(right));

/** The page of an address, or where this user begins. */
export function pageFor(path: string, role: RoleName, may: May): Page {
  const open = PAGES.filter((page) => isFor(page, may));
  const found = open.find((page) => page.path === path) ?? open.find((page) => page.path === HOME[role]) ?? open[0];
  if (!found) throw new Error('No page is open to everybody');
  return found;
}
