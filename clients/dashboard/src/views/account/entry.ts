import { useState } from 'react';

/** One attempt to come in at a time, and what the platform said of it. */
export function useEntry(): { isBusy: boolean; problem: unknown; run: (attempt: () => Promise<void>) => Promise<void> } {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const run = async (attempt: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await attempt();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run };
}
