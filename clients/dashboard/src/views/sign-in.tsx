import { useState, type FormEvent, type ReactNode } from 'react';
import { textOf } from '../parts/hooks.js';
import { problemOf } from '../parts/refusals.js';
import { useSession } from '../session.js';

export function SignInView(): ReactNode {
  const { signIn } = useSession();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(textOf(form, 'username'), textOf(form, 'password'));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="sign-in card" onSubmit={(event) => void submit(event)}>
      <h1>VSS</h1>
      <label>
        User
        <input name="username" autoComplete="username" required autoFocus />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <button type="submit" className="primary" disabled={busy}>
        Sign in
      </button>
    </form>
  );
}
