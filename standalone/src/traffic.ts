import { randomUUID } from 'node:crypto';
import { delay, messageOf, type Logger } from '@vss/runtime';

/** Sends one operation through the graph as the demo's own operator. */
export type Ask = (query: string, variables: Record<string, unknown>) => Promise<{ data?: unknown; errors?: readonly { message: string }[] }>;

const START = /* GraphQL */ `
  mutation DemoCallStart($input: CallStartInput!) {
    callStart(input: $input) {
      call {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`;

/**
 * The range that the North American Numbering Plan keeps for fiction: 555-0100 to 555-0199. Without its first: there
 * the simulated far end talks until our side hangs up.
 */
const numberFor = (n: number): string => `+1212555${String(101 + (n % 99)).padStart(4, '0')}`;
const PAUSE_MS = 4_000;
const KINDS = ['AUTO', 'MF', 'LS'];

/**
 * Keeps a few calls going so that a new installation has something to show. It goes through the same door as
 * everybody; the platform's rules end each call.
 */
export function createDemoTraffic({ ask, logger, pauseMs = PAUSE_MS }: { ask: Ask; logger: Logger; pauseMs?: number }): { start(): void; stop(): Promise<void> } {
  const controller = new AbortController();
  let running = Promise.resolve();
  async function run(): Promise<void> {
    for (let n = 0; !controller.signal.aborted; n += 1) {
      const input = { slotSelector: { kind: KINDS[n % KINDS.length] }, phoneNumber: numberFor(n), idempotencyKey: randomUUID() };
      const { errors } = await ask(START, { input });
      if (errors?.length) logger.warn({ errors }, 'The demo could not start a call');
      await delay(pauseMs, controller.signal);
    }
  }
  return {
    start() {
      running = run().catch((error: unknown) => {
        if (!controller.signal.aborted) logger.error({ err: error }, `Demo traffic stopped: ${messageOf(error)}`);
      });
    },
    async stop() {
      controller.abort(new Error('stopping'));
      await running;
    },
  };
}
