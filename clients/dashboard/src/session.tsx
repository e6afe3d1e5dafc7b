import { VssClient, type SignedInUser } from '@vss/sdk';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Provider } from 'urql';
import { createGraph } from './graph.js';

export type RoleName = 'admin' | 'operator' | 'seller' | 'supervisor';

interface Session {
  user: SignedInUser | undefined;
  role: RoleName;
  signIn(username: string, password: string): Promise<void>;
  signOut(): Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside of SessionProvider');
  return session;
}

const createClient = (): VssClient => new VssClient({ url: new URL('/graphql', location.href).href, session: 'cookie' });

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const [vss] = useState(createClient);
  const [user, setUser] = useState<SignedInUser>();
  const [resuming, setResuming] = useState(true);
  useEffect(() => {
    vss
      .resume()
      .then(setUser, () => undefined)
      .finally(() => setResuming(false));
  }, [vss]);
  // A new graph for each user: nothing that one has seen stays in the cache of the next.
  const userId = user?.id;
  const graph = useMemo(() => createGraph(vss), [vss, userId]);
  const session = useMemo<Session>(
    () => ({
      user,
      role: (user?.role?.name ?? 'seller') as RoleName,
      signIn: async (username, password) => setUser(await vss.login(username, password)),
      signOut: async () => {
        await vss.logout().catch(() => undefined);
        setUser(undefined);
      },
    }),
    [vss, user],
  );
  if (resuming) return <p className="splash">VSS</p>;
  return (
    <SessionContext value={session}>
      <Provider value={graph}>{children}</Provider>
    </SessionContext>
  );
}
