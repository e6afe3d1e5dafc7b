import { describe, expect, it } from 'vitest';
import { StartError } from '@vss/runtime';
import { explainFailure } from './explain.js';
import { chooseIdentity, unprivilegedUser, type Machine } from './identity.js';

const PASSWD = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n';
const aMachine = (options: Partial<Machine>): Machine => ({
  uid: 0,
  hasName: () => true,
  find: (program) => `/usr/bin/${program}`,
  succeeds: () => true,
  readPasswd: () => PASSWD,
  ...options,
});
const commandOf = (machine: Machine): string => {
  const { command, args } = chooseIdentity(machine).wrap('/pg/postgres', ['-D', '/x']);
  return [command, ...args].join(' ');
};
const noNamespaces = (command: string): boolean => !command.endsWith('unshare');

describe('who PostgreSQL runs as', () => {
  it('is whoever starts it, when that is an ordinary user', () => {
    expect(commandOf(aMachine({ uid: 1000 }))).toBe('/usr/bin/setpriv --pdeathsig INT /pg/postgres -D /x');
  });
  it('is root under another number, for root', () => {
    expect(commandOf(aMachine({}))).toBe('/usr/bin/unshare --user --map-user=65534 --map-group=65533 /usr/bin/setpriv --pdeathsig INT /pg/postgres -D /x');
    expect(chooseIdentity(aMachine({})).owner).toEqual({ uid: 0, gid: 0 });
  });
  it('is another user, who may pass closed folders, where namespaces are refused to root', () => {
    const machine = aMachine({ succeeds: noNamespaces });
    expect(commandOf(machine)).toMatch(/^\/usr\/bin\/setpriv --reuid 65534 --regid 65533 --clear-groups --securebits \+no_setuid_fixup --inh-caps \+dac_override/);
    expect(chooseIdentity(machine).owner).toMatchObject({ uid: 65534, gid: 65533 });
    expect(chooseIdentity(machine).remark).toContain('runs as the user nobody');
  });
  it('is another user without that right, where it is refused too', () => {
    const machine = aMachine({ succeeds: () => false });
    expect(commandOf(machine)).toBe('/usr/bin/setpriv --reuid 65534 --regid 65533 --clear-groups /usr/bin/setpriv --pdeathsig INT /pg/postgres -D /x');
  });
  it('changes by the spawning call, where there is no setpriv', () => {
    const identity = chooseIdentity(aMachine({ find: () => undefined }));
    expect(identity.wrap('/pg/postgres', [])).toEqual({ command: '/pg/postgres', args: [], uid: 65534, gid: 65533 });
  });
  it('borrows a name for a user who has none, or says that he needs one', () => {
    expect(commandOf(aMachine({ uid: 12345, hasName: () => false }))).toContain('unshare --user --map-user=65534');
    expect(() => commandOf(aMachine({ uid: 12345, hasName: () => false, succeeds: noNamespaces }))).toThrow('the user 12345, who has no name');
  });
  it('is postgres before nobody before anybody', () => {
    expect(unprivilegedUser(`${PASSWD}postgres:x:101:102::/:/bin/sh\n`).name).toBe('postgres');
    expect(() => unprivilegedUser('root:x:0:0::/:/bin/sh\n')).toThrow(StartError);
  });
});

it.each([
  ['FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device', 'there is no space left on the disk of /d'],
  ['EROFS: read-only file system, mkdir', 'the disk of /d is read-only'],
  ['FATAL:  could not create any TCP/IP sockets', 'its TCP port is taken by another program'],
  ['FATAL:  data directory "/d" has wrong ownership', 'may not be read and written'],
  ['LOG:  starting\nFATAL:  incorrect checksum in control file\nLOG:  down', 'FATAL:  incorrect checksum in control file'],
  ['', 'it said nothing'],
])('explains %j', (said, expected) => {
  expect(explainFailure('It failed', '/d', said).message).toContain(expected);
});
