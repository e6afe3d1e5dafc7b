import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { StartError } from '@vss/runtime';

/** How a PostgreSQL program is started so that it accepts the user it runs as. */
export interface Identity {
  /** The command line that runs `program`. */
  wrap(program: string, args: readonly string[]): { command: string; args: string[]; uid?: number; gid?: number };
  /** Who must own the data; only root can see to it. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** What whoever started it should know of this way. */
  readonly remark?: string;
}

export interface Machine {
  readonly uid: number;
  /** Whether the system knows a name for our user. */
  hasName(): boolean;
  find(program: string): string | undefined;
  /** Whether the command ends well. */
  succeeds(command: string, args: readonly string[]): boolean;
  readPasswd(): string;
}

const SYSTEM_FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

export const thisMachine: Machine = {
  uid: process.getuid?.() ?? 0,
  hasName() {
    try {
      userInfo();
      return true;
    } catch {
      return false;
    }
  },
  find: (program) =>
    [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS].map((folder) => join(folder || '/', program)).find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }),
  succeeds: (command, args) => spawnSync(command, args, { stdio: 'ignore', cwd: '/' }).status === 0,
  readPasswd: () => readFileSync('/etc/passwd', 'utf8'),
};

const ROOT = { uid: 0, gid: 0 };

/**
 * PostgreSQL refuses to run as root, and another user could not enter a folder of root's. In a user namespace root
 * runs it as root's own files under an id that it accepts. Where namespaces are refused (chroot, some containers) it
 * runs as a user that exists, who may then pass folders that are not his. A user without a name, as containers
 * have them, takes a known one's id in a namespace too, since initdb wants a name.
 *
 * Where there is `setpriv`, PostgreSQL ends by itself when this process is killed.
 */
export function chooseIdentity(machine: Machine): Identity {
  const setpriv = machine.find('setpriv');
  const dieWithParent = setpriv ? [setpriv, '--pdeathsig', 'INT'] : [];
  const prefixed = (prefix: readonly string[], rest: Pick<Identity, 'owner' | 'remark'> = {}): Identity => ({
    wrap(program, args) {
      const [command = program, ...others] = [...prefix, ...dieWithParent, program, ...args];
      return { command, args: others };
    },
    ...rest,
  });
  if (machine.uid !== 0 && machine.hasName()) return prefixed([]);

  const user = unprivilegedUser(machine.readPasswd());
  const unshare = machine.find('unshare');
  const namespace = ['--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`];
  if (unshare && machine.succeeds(unshare, [...namespace, 'true'])) return prefixed([unshare, ...namespace], machine.uid === 0 ? { owner: ROOT } : {});
  if (machine.uid !== 0) throw new StartError(`PostgreSQL cannot run as the user ${machine.uid}, who has no name in /etc/passwd: add one, or set DATABASE_URL`);

  const asUser = { owner: user, remark: `This system refuses user namespaces to root: PostgreSQL runs as the user ${user.name}, who owns the database's folder` };
  if (setpriv) {
    const become = [setpriv, '--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'];
    // Without no_setuid_fixup, access(2), by which initdb looks for its programs, would leave the capability out.
    const pass = ['--securebits', '+no_setuid_fixup', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
    if (machine.succeeds(setpriv, [...become.slice(1), ...pass, 'true'])) return prefixed([...become, ...pass], asUser);
    return prefixed(become, asUser);
  }
  return { wrap: (program, args) => ({ command: program, args: [...args], uid: user.uid, gid: user.gid }), ...asUser };
}

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

// initdb looks its user up by id and fails when there is no such entry.
export function unprivilegedUser(passwd: string): User {
  const users = passwd.split('\n').flatMap((line): User[] => {
    const [name = '', , uid, gid] = line.split(':');
    return uid && gid && Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  const user = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody') ?? users[0];
  if (!user) throw new StartError('PostgreSQL does not run as root, and /etc/passwd names no other user: start as an ordinary user, or set DATABASE_URL');
  return user;
}
