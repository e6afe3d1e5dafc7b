import type { Client } from '@urql/core';
import { VssClient, VssError, type LiveState, type SignedInUser } from '@vss/sdk';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Provider } from 'urql';
import { createFeeds, type Feeds } from './feeds.js';
import { createGraph } from './graph.js';
import { go } from './route.js';

export type RoleName = 'admin' | 'operator' | 'seller' | 'supervisor';

interface Session {
  user: SignedInUser | undefined;
  role: RoleName;
  feeds: Feeds;
  /** Whether the platform tells what happens. */
  live: LiveState;
  signIn(username: string, password: string): Promise<void>;
  signOut(): Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside of SessionProvider');
  return session;
}

const TRY_AGAIN_MS = 2_000;

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const [user, setUser] = useState<SignedInUser>();
  const [live, setLive] = useState<LiveState>('idle');
  const [vss] = useState(() => new VssClient({ url: new URL('/graphql', location.href).href, session: 'cookie', onLive: setLive, onSessionEnd: () => setUser(undefined) }));
  const resuming = useResume(vss, setUser);
  const userId = user?.id;
  const role = (user?.role.name ?? 'seller') as RoleName;
  const { graph, feeds } = useMemo(() => viewOf(vss, { userId, role }), [vss, userId, role]);
  useEffect(() => () => feeds.close(), [feeds]);
  const session = useMemo<Session>(
    () => ({
      user,
      role,
      feeds,
      live,
      signIn: async (username, password) => setUser(await vss.login(username, password)),
      signOut: async () => {
        // The cookie is out of reach of scripts: only the platform can clear it.
        await vss.logout();
        setUser(undefined);
        go('/');
      },
    }),
    [vss, user, role, feeds, live],
  );
  if (resuming) return <p className="splash">{resuming === 'unreachable' ? 'The platform cannot be reached. It is tried again.' : 'VSS'}</p>;
  return (
    <SessionContext value={session}>
      <Provider value={graph}>{children}</Provider>
    </SessionContext>
  );
}

/** A new one for each user: nothing that one has seen stays for the next. */
function viewOf(vss: VssClient, { userId, role }: { userId: string | undefined; role: RoleName }): { userId: string | undefined; graph: Client; feeds: Feeds } {
  const graph = createGraph(vss);
  return { userId, graph, feeds: createFeeds(vss, graph, { withSlot: role !== 'seller' }) };
}

/** Takes up the session of the browser's cookie, as soon as the platform can be reached. */
function useResume(vss: VssClient, onUser: (user: SignedInUser | undefined) => void): 'asking' | 'unreachable' | undefined {
  const [state, setState] = useState<'asking' | 'unreachable' | undefined>('asking');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLeft = false;
    const resume = async (): Promise<void> => {
      try {
        const user = await vss.resume();
        if (!isLeft) onUser(user);
      } catch (error) {
        if (isLeft) return;
        if (error instanceof VssError && error.code === 'UNAVAILABLE') {
          setState('unreachable');
          timer = setTimeout(() => void resume(), TRY_AGAIN_MS);
          return;
        }
      }
      if (!isLeft) setState(undefined);
    };
    void resume();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [vss, onUser]);
  return state;
}
