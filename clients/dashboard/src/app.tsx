import { useState, type ReactNode } from 'react';
import { useSession, type RoleName } from './session.js';
import { CallsView } from './views/calls.js';
import { EventsView } from './views/events.js';
import { LeadsView } from './views/leads.js';
import { OverviewView } from './views/overview.js';
import { SignInView } from './views/sign-in.js';
import { SlotsView } from './views/slots.js';
import { TrunksView } from './views/trunks.js';
import { UsersView } from './views/users.js';

const VIEWS = {
  overview: { title: 'Overview', View: OverviewView },
  slots: { title: 'Slots', View: SlotsView },
  calls: { title: 'Calls', View: CallsView },
  leads: { title: 'Leads', View: LeadsView },
  trunks: { title: 'Trunks', View: TrunksView },
  users: { title: 'Users', View: UsersView },
  events: { title: 'Events', View: EventsView },
} as const;
type ViewName = keyof typeof VIEWS;

/** What each role finds here; what it may really see and do the platform decides. */
const PAGES: Record<RoleName, readonly ViewName[]> = {
  admin: ['overview', 'slots', 'calls', 'leads', 'trunks', 'users', 'events'],
  operator: ['slots', 'calls', 'leads', 'overview'],
  seller: ['leads', 'calls', 'overview'],
  supervisor: ['overview', 'slots', 'calls', 'leads', 'users', 'events'],
};

export function App(): ReactNode {
  const { user, role, signOut } = useSession();
  const [chosen, setChosen] = useState<ViewName>();
  if (!user) return <SignInView />;
  const pages = PAGES[role] ?? PAGES.seller;
  const current = chosen && pages.includes(chosen) ? chosen : (pages[0] ?? 'leads');
  const { View } = VIEWS[current];
  return (
    <div className="frame">
      <header className="bar">
        <strong className="brand">VSS</strong>
        <nav aria-label="Pages">
          {pages.map((name) => (
            <button key={name} type="button" aria-current={name === current ? 'page' : undefined} onClick={() => setChosen(name)}>
              {VIEWS[name].title}
            </button>
          ))}
        </nav>
        <span className="who">
          <span data-testid="who">{user.displayName}</span> <span className="tag">{role}</span>
          <button
            type="button"
            onClick={() => {
              setChosen(undefined);
              void signOut();
            }}
          >
            Sign out
          </button>
        </span>
      </header>
      <main>
        <View />
      </main>
    </div>
  );
}
