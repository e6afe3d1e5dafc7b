/** What is asked of a computer that serves slots: run a command there. */
export interface RemoteHost {
  /**
   * Runs a command given as its arguments; no shell looks at them. A non-zero exit code is an answer, not an error.
   * Aborting ends the command. Rejects with UNAVAILABLE when the host cannot be reached.
   */
  run(command: readonly string[], signal: AbortSignal): Promise<CommandResult>;
}

export interface CommandResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
