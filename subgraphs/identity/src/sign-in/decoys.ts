import { createHmac } from 'node:crypto';
import { schemaOf, type EntityManager } from '@vss/db';
import { type Now, systemNow } from '@vss/runtime';
import { derivedKey } from '../keys/index.js';
import { decoyHash, kindAt, type HashKind } from './decoy.rules.js';

/**
 * Hashes to check a password against where there is none: of a name that nobody has, of a user without a password.
 * They cost what a real one costs. While old bcrypt hashes are about, which take many times longer than argon2id, as
 * many of the unknown names get such a one as of the known; so how long an answer takes tells of no name whether it exists.
 */
export interface Decoys {
  /** The same for one name each time. */
  hashFor(username: string): Promise<string>;
}

const KEPT_MS = 10 * 60_000;
const SAMPLE = 10_000;

export function createDecoys({ openEm, secret, now = systemNow }: { openEm: () => EntityManager; secret: string; now?: Now }): Decoys {
  const key = derivedKey(secret, 'decoys');
  let known: { readonly at: number; readonly kinds: Promise<readonly HashKind[]> } | undefined;

  async function kinds(): Promise<readonly HashKind[]> {
    if (!known || now().getTime() - known.at > KEPT_MS) known = { at: now().getTime(), kinds: loadHashKinds(openEm()) };
    try {
      return await known.kinds;
    } catch (error) {
      known = undefined;
      throw error;
    }
  }
  return {
    async hashFor(username) {
      const share = createHmac('sha256', key).update(username).digest().readUInt32BE() / 2 ** 32;
      return decoyHash(kindAt(await kinds(), share));
    },
  };
}

/** The kinds of the hashes that there are: everything of them before salt and hash. */
async function loadHashKinds(em: EntityManager): Promise<HashKind[]> {
  const rows: { prefix: string; users: number }[] = await em.execute(
    `select coalesce(substring(password_hash from '^\\$2[aby]\\$\\d\\d\\$'), substring(password_hash from '^\\$argon2[a-z]+\\$v=\\d+\\$[^$]+\\$')) as prefix, count(*)::int as users
     from (select password_hash from ${schemaOf(em)}.user_account where password_hash is not null order by id limit ?) as sample
     group by 1 order by 1`,
    [SAMPLE],
  );
  return rows.filter(({ prefix }) => prefix);
}
