import type { Client } from '@urql/core';
import { VssClient, VssError, type LiveState, type SignedInUser } from '@vss/sdk';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Provider } from 'urql';
import { createFeeds, type Feeds } from './feeds.js';
import type { EnteredFragment } from './generated/operations.js';
import { createGraph } from './graph.js';
import { nearestRole, useRights, type May, type RoleName } from './rights.js';
import { go } from './route.js';

export type Challenge = NonNullable<EnteredFragment['challenge']>;

/** What shows that one was in from this browser before; kept over a sign-out, and opens nothing. */
interface Device {
  deviceToken: string | null;
}
const DEVICE_TOKEN = 'vss:device';

interface Session {
  user: SignedInUser | undefined;
  /** The seeded role whose panels he gets; his own, which is shown, may have another name. */
  role: RoleName;
  roleName: string;
  may: May;
  feeds: Feeds;
  /** Whether the platform tells what happens. */
  live: LiveState;
  /** Goes one way in; answers what has to be shown yet, such as a second factor, or nothing when one is in. */
  enter(way: (vss: VssClient, device: Device) => Promise<EnteredFragment>): Promise<Challenge | undefined>;
  signOut(): Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside of SessionProvider');
  return session;
}

const TRY_AGAIN_MS = 2_000;
const mayNothing: May = () => false;

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const [user, setUser] = useState<SignedInUser>();
  const [live, setLive] = useState<LiveState>('idle');
  const [vss] = useState(() => new VssClient({ url: new URL('/graphql', location.href).href, session: 'cookie', onLive: setLive, onSessionEnd: () => setUser(undefined) }));
  const resuming = useResume(vss, setUser);
  const userId = user?.id;
  const rights = useRights(vss, userId);
  const may = rights?.may ?? mayNothing;
  const roleName = rights?.role ?? user?.role.name ?? '';
  const role = nearestRole(roleName, may);
  const { graph, feeds } = useMemo(() => viewOf(vss, { userId, role }), [vss, userId, role]);
  useEffect(() => () => feeds.close(), [feeds]);
  const session = useMemo<Session>(
    () => ({
      user,
      role,
      roleName,
      may,
      feeds,
      live,
      enter: async (way) => {
        // By the SDK's client: it asks for the cookie.
        const payload = await way(vss, { deviceToken: localStorage.getItem(DEVICE_TOKEN) });
        if (payload.deviceToken) localStorage.setItem(DEVICE_TOKEN, payload.deviceToken);
        if (payload.challenge) return payload.challenge;
        setUser(vss.enter(payload));
        return undefined;
      },
      signOut: async () => {
        // The cookie is out of reach of scripts: only the platform can clear it.
        await vss.logout();
        setUser(undefined);
        go('/');
      },
    }),
    [vss, user, role, roleName, may, feeds, live],
  );
  if (resuming || (user && !rights)) return <p className="splash">{resuming === 'unreachable' ? 'The platform cannot be reached. It is tried again.' : 'VSS'}</p>;
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
