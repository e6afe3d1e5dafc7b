import { StartError } from '@vss/runtime';

/** One line for the person who started the platform, made of what PostgreSQL, or the system, said. */
export function explainFailure(what: string, dataDir: string, said: string, cause?: unknown): StartError {
  const options = cause === undefined ? undefined : { cause };
  if (/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/i.test(said))
    return new StartError(`${what}: there is no space left on the disk of ${dataDir}`, options);
  if (/Read-only file system|EROFS/i.test(said)) return new StartError(`${what}: the disk of ${dataDir} is read-only`, options);
  if (/Address already in use|could not bind|could not create any TCP\/IP sockets/i.test(said))
    return new StartError(`${what}: its TCP port is taken by another program`, options);
  if (/Permission denied|EACCES|EPERM|has wrong ownership|invalid permissions/i.test(said))
    return new StartError(`${what}: the data folder ${dataDir} may not be read and written by the user who started it`, options);
  if (/ENOTDIR|EEXIST|not a directory/i.test(said)) return new StartError(`${what}: ${dataDir} is not a folder`, options);
  const lines = said.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const telling = lines.find((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return new StartError(`${what}: ${telling}`, options);
}
