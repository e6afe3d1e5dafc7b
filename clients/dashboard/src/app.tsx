import { useState, type ComponentType, type ReactNode } from 'react';
import { useFeed } from './feed.js';
import { isFor, pageFor, PAGES, type Page } from './pages.js';
import { Refusals } from './parts/refusals.js';
import { linkTo, pathOf, useRoute } from './route.js';
import { useSession } from './session.js';
import { InvitationView } from './views/account/invitation.js';
import { OidcReturn } from './views/account/oidc.js';
import { SignInView } from './views/account/sign-in.js';

export function App(): ReactNode {
  const { user } = useSession();
  const { page } = useRoute();
  const Door = DOORS[page];
  if (Door) return <Door />;
  return user ? <Frame name={user.displayName} /> : <SignInView />;
}

/** Ways in that a link leads to, whoever is signed in. */
const DOORS: Readonly<Record<string, ComponentType>> = { invitation: InvitationView, 'sign-in': OidcReturn };

function Frame({ name }: { name: string }): ReactNode {
  const { role, may, feeds } = useSession();
  const { page } = useRoute();
  // Followed on every page: it tells whether the platform is there.
  useFeed(feeds.calls);
  const current = pageFor(page, role, may);
  const daily = PAGES.filter((each) => each.part === 'day' && isFor(each, may));
  const administration = PAGES.filter((each) => each.part === 'administration' && isFor(each, may));
  const [door] = administration;
  const isInside = current.part === 'administration';
  return (
    <>
      <header className="bar">
        <strong className="brand">VSS</strong>
        <nav aria-label="Pages">
          {daily.map((each) => (
            <PageLink key={each.path} page={each} isCurrent={each === current} />
          ))}
          {door && <PageLink page={door} title="Administration" isCurrent={isInside} />}
        </nav>
        <Who name={name} />
      </header>
      {isInside && (
        <nav className="bar below" aria-label="Administration">
          {administration.map((each) => (
            <PageLink key={each.path} page={each} isCurrent={each === current} />
          ))}
        </nav>
      )}
      <main>
        <current.View key={current.path} />
      </main>
    </>
  );
}

function PageLink({ page, title = page.title, isCurrent }: { page: Page; title?: string; isCurrent: boolean }): ReactNode {
  return (
    <a {...linkTo(pathOf(page.path))} aria-current={isCurrent ? 'page' : undefined}>
      {title}
    </a>
  );
}

function Who({ name }: { name: string }): ReactNode {
  const { roleName, live, signOut } = useSession();
  const [problem, setProblem] = useState<unknown>();
  return (
    <div className="who">
      <span role="status" data-testid="live" data-live={live} className={`state ${live === 'open' ? 'good' : 'busy'}`}>
        {live === 'open' ? 'live' : 'connecting'}
      </span>
      <a {...linkTo(pathOf('profile'))} data-testid="who" title="My profile">
        {name}
      </a>
      <span className="tag">{roleName}</span>
      <button type="button" onClick={() => void signOut().catch(setProblem)}>
        Sign out
      </button>
      <Refusals error={problem} />
    </div>
  );
}
