import type { Actor } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor } from '@vss/testing';
import type { TestIdentity } from '../identity.fixture.js';

export interface Head {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly signed: string;
  readonly publicKey: { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string };
}

export interface Verdict {
  readonly intact: boolean;
  readonly checked: number;
  readonly firstBreak: { readonly seq: number; readonly kind: string } | null;
  readonly nextSeq: number | null;
}

/** A center with some lines of its own in the audit, and what its auditor may ask. */
export interface Trail {
  readonly centerId: string;
  readonly auditor: Actor;
  head(): Promise<Head>;
  verify(input?: object): Promise<Verdict>;
  /** All of it, as lines. */
  exported(input?: object): Promise<{ lines: string[]; head: Head; pages: number }>;
  /** Changes rows past the table's triggers, as only the owner of the database can. `:c` stands for the center. */
  tamper(...statements: string[]): Promise<void>;
}

const HEAD = 'chain seq hash signed publicKey';
const VERIFY = 'query($input: AuditVerifyInput!) { auditVerify(input: $input) { intact checked firstBreak { seq kind } nextSeq } }';
const EXPORT = `query($input: AuditExportInput!) { auditExport(input: $input) { jsonl count nextCursor head { ${HEAD} } } }`;

export async function aTrail(test: TestIdentity, people = 6): Promise<Trail> {
  const centerId = newId('ctr');
  const auditor = anActor({ role: 'auditor', centerId, grants: [{ resource: 'audit', actions: ['read', 'verify', 'export'], scope: 'CENTER', effect: 'ALLOW' }] });
  for (let i = 0; i < people; i += 1) await test.person('seller', centerId);
  const asked = async (query: string, variables: object = {}) => {
    const { data, errors } = await test.ask(auditor, query, { ...variables });
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    centerId,
    auditor,
    head: async () => (await asked(`{ auditHead { ${HEAD} } }`)).auditHead,
    verify: async (input = {}) => (await asked(VERIFY, { input })).auditVerify,
    async exported(input = {}) {
      const lines: string[] = [];
      for (let cursor: string | null = null, pages = 1; ; pages += 1) {
        const { jsonl, nextCursor, head }: { jsonl: string; nextCursor: string | null; head: Head } = (await asked(EXPORT, { input: { ...input, cursor } })).auditExport;
        lines.push(...jsonl.split('\n').slice(0, -1));
        if (nextCursor === null) return { lines, head, pages };
        cursor = nextCursor;
      }
    },
    async tamper(...statements) {
      const sql = statements.map((statement) => statement.replaceAll(':c', `'${centerId}'`)).join('; ');
      await test.rows(`begin; set local session_replication_role = replica; ${sql}; commit`);
    },
  };
}
