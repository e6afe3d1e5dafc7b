import { useState, type ReactNode } from 'react';
import { useFeed } from './feed.js';
import { Refusals } from './parts/refusals.js';
import { linkTo, pathOf, useRoute } from './route.js';
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
const PAGES: Record<RoleName, readonly [ViewName, ...ViewName[]]> = {
  admin: ['overview', 'slots', 'calls', 'leads', 'trunks', 'users', 'events'],
  operator: ['slots', 'calls', 'leads', 'overview'],
  seller: ['leads', 'calls', 'overview'],
  supervisor: ['overview', 'slots', 'calls', 'leads', 'users', 'events'],
};

export function App(): ReactNode {
  const { user } = useSession();
  return user ? <Frame name={user.displayName} /> : <SignInView />;
}

function Frame({ name }: { name: string }): ReactNode {
  const { role, feeds } = useSession();
  const { page } = useRoute();
  // Followed on every page: it tells whether the platform is there.
  useFeed(feeds.calls);
  const pages = PAGES[role] ?? PAGES.seller;
  const current = pages.find((known) => known === page) ?? pages[0];
  const { View } = VIEWS[current];
  return (
    <>
      <header className="bar">
        <strong className="brand">VSS</strong>
        <nav aria-label="Pages">
          {pages.map((known) => (
            <a key={known} {...linkTo(pathOf(known))} aria-current={known === current ? 'page' : undefined}>
              {VIEWS[known].title}
            </a>
          ))}
        </nav>
        <Who name={name} />
      </header>
      <main>
        <View key={current} />
      </main>
    </>
  );
}

function Who({ name }: { name: string }): ReactNode {
  const { role, live, signOut } = useSession();
  const [problem, setProblem] = useState<unknown>();
  return (
    <div className="who">
      <span role="status" data-testid="live" data-live={live} className={`state ${live === 'open' ? 'good' : 'busy'}`}>
        {live === 'open' ? 'live' : 'connecting'}
      </span>
      <span data-testid="who">{name}</span>
      <span className="tag">{role}</span>
      <button type="button" onClick={() => void signOut().catch(setProblem)}>
        Sign out
      </button>
      <Refusals error={problem} />
    </div>
  );
}
