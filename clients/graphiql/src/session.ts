import { VssClient } from '@vss/sdk';
import { useEffect, useState } from 'react';

export interface Session {
  readonly username: string | undefined;
  /** Undefined where nobody is signed in. */
  readonly accessToken: () => Promise<string | undefined>;
}

/** The dashboard's session, by the browser's cookie. Looked for again whenever the page is come back to. */
export function useSession(url: string): Session {
  const [username, setUsername] = useState<string>();
  const [vss] = useState(() => new VssClient({ url, session: 'cookie', onSessionEnd: () => setUsername(undefined) }));
  useEffect(() => {
    if (username) return undefined;
    // Nobody is signed in, or this graph knows no sessions: the page works as it is.
    const resume = (): void => void vss.resume().then((user) => setUsername(user?.username)).catch(() => undefined);
    resume();
    addEventListener('focus', resume);
    return () => removeEventListener('focus', resume);
  }, [vss, username]);
  // A session that has ended is no reason not to ask: the answer says what is missing.
  const [accessToken] = useState(() => () => vss.accessToken().catch(() => undefined));
  return { username, accessToken };
}
