/** One argument for a POSIX shell: SSH hands a command to the host's login shell as text, and no other way. */
export const quoteArgument = (argument: string): string => `'${argument.replaceAll("'", `'\\''`)}'`;

/**
 * The command as text. It prints its process id first, since closing an SSH channel ends nothing on the host: whoever
 * gives up kills that process.
 */
export const remoteCommand = (command: readonly string[]): string => `echo $$ && exec ${command.map(quoteArgument).join(' ')}`;

/** Takes the first line off what came from the host. */
export function splitPid(stdout: string): { pid: number | undefined; rest: string } {
  const end = stdout.indexOf('\n');
  const pid = Number(stdout.slice(0, Math.max(end, 0)));
  return end < 0 || !Number.isInteger(pid) || pid <= 1 ? { pid: undefined, rest: stdout } : { pid, rest: stdout.slice(end + 1) };
}
