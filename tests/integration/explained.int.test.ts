import { Supergraph } from '@apollo/federation-internals';
import { parse, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantsOfRole, isAllowed, PERMISSIONS, SYSTEM_ROLES, type Actor } from '@vss/auth';
import { readAccess } from '@vss/gateway';
import { newId } from '@vss/runtime';
import { anActor } from '@vss/testing';
import { startInProcessPlatform, type InProcessPlatform } from './support/platform.js';
import { selectionFor } from './support/probes.js';

interface Explanation {
  readonly verdict: string;
  readonly permission: string;
  readonly role: string;
  readonly missing: string | null;
  readonly deniedBy: object | null;
  readonly scopeTest: { readonly passed: boolean };
  readonly text: string;
  readonly grantableBy: readonly object[];
}

const SELECTION = '{ verdict permission role missing deniedBy { resource } scopeTest { passed } text grantableBy { __typename } }';
const BY_ID = `query ($id: String!) { permissionExplain(explainId: $id) ${SELECTION} }`;

describe('permissionExplain says of each denial why, and who could change it', () => {
  let platform: InProcessPlatform;
  let admin: Actor;
  const actors: Actor[] = [];
  beforeAll(async () => {
    platform = await startInProcessPlatform();
    const centerId = newId('ctr');
    for (const { name: role } of SYSTEM_ROLES) {
      const username = newId('name');
      const [user] = await platform.identity.ensureUsers([{ username, password: newId('password'), role, displayName: role, email: 'somebody@example.org', centerId }]);
      actors.push(anActor({ role, userId: user?.id ?? '', username, centerId }));
    }
    admin = actors.find(({ role }) => role === 'admin') ?? anActor({ role: 'admin' });
  });
  afterAll(() => platform.stop());

  async function explain(query: string, variables: object): Promise<Explanation> {
    const answer = await platform.ask(admin, query, { ...variables });
    expect(answer.errors).toBeUndefined();
    return (answer.data as { permissionExplain: Explanation }).permissionExplain;
  }
  /** What an explanation of a denial lacks. */
  function gapsOf({ verdict, missing, deniedBy, scopeTest, text, grantableBy, role }: Explanation, actor: Actor): string[] {
    return [
      ...(verdict === 'DENIED' ? [] : [`says ${verdict}`]),
      ...(role === actor.role ? [] : [`speaks of ${role}`]),
      ...(missing !== null || deniedBy !== null || !scopeTest.passed ? [] : ['names nothing that is missing']),
      ...(text.length > 20 ? [] : [`has the text ${text}`]),
      // What a role denies outright, no grant gives.
      ...(grantableBy.length > 0 || deniedBy !== null ? [] : ['names nobody who could grant it']),
    ];
  }

  it('by the explainId that came with it, for every root field and role', { timeout: 60_000 }, async () => {
    const api = Supergraph.build(platform.supergraphSdl).apiSchema().toGraphQLJSSchema();
    const table = readAccess(parse(platform.supergraphSdl), api);
    const wrong: string[] = [];
    let explained = 0;
    for (const kind of ['query', 'mutation'] as const) {
      const root = (kind === 'query' ? api.getQueryType() : api.getMutationType()) as GraphQLObjectType;
      for (const field of Object.values(root.getFields()))
        for (const actor of actors) {
          const rule = table.rulesFor(root, field.name).find(({ permission, scope }) => !isAllowed(actor, permission, scope));
          if (!rule) continue;
          const { errors } = await platform.ask(actor, `${kind} { ${selectionFor(field)} }`);
          const id = (errors?.[0]?.extensions as { explainId?: string } | undefined)?.explainId;
          if (!id) {
            wrong.push(`${field.name} as ${actor.role}: no explainId`);
            continue;
          }
          const explanation = await explain(BY_ID, { id });
          explained += 1;
          wrong.push(...gapsOf(explanation, actor).map((gap) => `${field.name} as ${actor.role}: ${gap}`));
          if (explanation.permission !== rule.permission) wrong.push(`${field.name} as ${actor.role}: explains ${explanation.permission}`);
        }
    }
    expect(wrong).toEqual([]);
    expect(explained).toBeGreaterThan(100);
  });

  it('by name of the right, for every right and role', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    const all = [...PERMISSIONS.keys()];
    const batches = Array.from({ length: Math.ceil(all.length / 40) }, (_, n) => all.slice(n * 40, (n + 1) * 40));
    for (const actor of actors)
      for (const batch of batches) {
        const asked = batch.map((permission, n) => `of${n}: permissionExplain(permission: "${permission}", asUserId: "${actor.userId}") ${SELECTION}`);
        const { data, errors } = await platform.ask(admin, `{ ${asked.join(' ')} }`);
        expect(errors).toBeUndefined();
        batch.forEach((permission, n) => {
          const explanation = (data as Record<string, Explanation>)[`of${n}`];
          if (!explanation) throw new Error(`No explanation of ${permission}`);
          const held = isAllowed({ ...actor, grants: grantsOfRole(actor.role) }, permission);
          if (held !== (explanation.verdict === 'ALLOWED')) wrong.push(`${permission} as ${actor.role}: ${explanation.verdict}`);
          if (!held) wrong.push(...gapsOf(explanation, actor).map((gap) => `${permission} as ${actor.role}: ${gap}`));
        });
      }
    expect(wrong).toEqual([]);
  });
});
