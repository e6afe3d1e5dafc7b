import { execFile } from 'node:child_process';
import { AppError } from '@vss/runtime';
import type { CommandResult } from '../ports/index.js';

/** Runs a program on this machine; rejects with UNAVAILABLE when it is not there. Its arguments go past no shell. */
export type Exec = (command: readonly [string, ...string[]], signal: AbortSignal) => Promise<CommandResult>;

export const exec: Exec = ([program, ...args], signal) =>
  new Promise((resolve, reject) => {
    execFile(program, args, { signal, maxBuffer: 1_000_000 }, (error, stdout, stderr) => {
      if (!error) return resolve({ exitCode: 0, stdout, stderr });
      if (signal.aborted) return reject(signal.reason as Error);
      if (typeof error.code === 'number') return resolve({ exitCode: error.code, stdout, stderr });
      if (error.signal) return resolve({ exitCode: null, stdout, stderr });
      reject(new AppError('UNAVAILABLE', `${program} cannot be run: ${error.message}`, {}, { cause: error }));
    });
  });
