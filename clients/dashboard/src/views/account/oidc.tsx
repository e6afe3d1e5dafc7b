import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { FinishOidcDocument, FinishTieDocument, OidcProvidersDocument, StartOidcDocument } from '../../generated/operations.js';
import { Refusals } from '../../parts/refusals.js';
import { linkTo, pathOf, replace } from '../../route.js';
import { useSession, type Challenge } from '../../session.js';
import { ChallengeForm } from './challenge.js';
import { useEntry } from './entry.js';
import { answerIn, leaveFor, returnAddress, type Returned } from './oidc-trip.js';

/** Ways in by other services, where the installation has some. */
export function OidcButtons(): ReactNode {
  const [{ data }] = useQuery({ query: OidcProvidersDocument });
  const [started, start] = useMutation(StartOidcDocument);
  const leave = async (provider: string): Promise<void> => {
    const { authorizationUrl, loginToken } = (await start({ input: { provider, redirectUri: returnAddress() } })).data?.oidcStart ?? {};
    if (authorizationUrl && loginToken) leaveFor(authorizationUrl, { loginToken, purpose: 'sign-in' });
  };
  return (
    <>
      {data?.oidcProviders.map(({ id, name }) => (
        <button key={id} type="button" disabled={started.fetching} onClick={() => void leave(id)}>
          Sign in with {name}
        </button>
      ))}
      <Refusals refusals={started.data?.oidcStart.userErrors} error={started.error} />
    </>
  );
}

/** Where the provider sends the browser back to, `/sign-in/callback`. What it brings is good once: it leaves the address at once. */
export function OidcReturn(): ReactNode {
  const { enter } = useSession();
  const [challenge, setChallenge] = useState<Challenge>();
  const [, tie] = useMutation(FinishTieDocument);
  const { problem, run } = useEntry();
  const isTaken = useRef(false);
  const next = (wanted: Challenge | undefined): void => {
    setChallenge(wanted);
    if (!wanted) replace('/');
  };
  const finish = async ({ purpose, input }: Returned): Promise<void> => {
    if (purpose === 'sign-in') {
      next(await enter(async (vss, device) => (await vss.request(FinishOidcDocument, { input: { ...input, ...device } })).oidcFinish));
      return;
    }
    const { data, error } = await tie({ input });
    const [refused] = data?.externalIdentityAdd.userErrors ?? [];
    if (error || refused) throw error ?? new Error(refused?.message);
    replace(pathOf('profile'));
  };
  useEffect(() => {
    if (isTaken.current) return;
    isTaken.current = true;
    void run(async () => finish(answerIn(location)));
  });
  return (
    <div className="sign-in card">
      <h1>VSS</h1>
      {challenge ? <ChallengeForm key={challenge.token} challenge={challenge} onNext={next} /> : !problem && <p className="hint">Signing in…</p>}
      <Refusals error={problem} />
      {Boolean(problem) && <a {...linkTo('/')}>Back to the beginning</a>}
    </div>
  );
}
