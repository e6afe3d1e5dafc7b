import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RemoteHost } from './remote-host.js';

export interface RemoteHostRig {
  host: RemoteHost;
  close(): Promise<void>;
}

/** What every remote host must do for us. It knows at least `true`, `false`, `echo` and `sleep`. */
export function remoteHostContract(name: string, makeRig: () => Promise<RemoteHostRig>): void {
  describe(`RemoteHost: ${name}`, () => {
    let rig: RemoteHostRig;
    const never = new AbortController().signal;
    beforeAll(async () => void (rig = await makeRig()));
    afterAll(() => rig.close());

    it('gives back the exit code and what was printed', async () => {
      expect(await rig.host.run(['echo', 'a', 'b'], never)).toEqual({ exitCode: 0, stdout: 'a b\n', stderr: '' });
      expect(await rig.host.run(['false'], never)).toMatchObject({ exitCode: 1 });
    });
    it('hands arguments over as they are', async () => {
      const argument = `it's $HOME; "quoted" \`id\` && *`;
      expect((await rig.host.run(['echo', argument], never)).stdout).toBe(`${argument}\n`);
    });
    it('ends a command that is given up', async () => {
      const givenUp = new AbortController();
      const run = rig.host.run(['sleep', '3600'], givenUp.signal);
      givenUp.abort(new Error('given up'));
      await expect(run).rejects.toThrow('given up');
    });
    it('says so when a command is not there', async () => {
      expect((await rig.host.run(['no-such-command-anywhere'], never)).exitCode).toBe(127);
    });
  });
}
