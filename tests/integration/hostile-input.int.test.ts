import { Supergraph } from '@apollo/federation-internals';
import { getNamedType, isCompositeType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor } from '@vss/testing';
import { startInProcessPlatform, type InProcessPlatform } from './support/platform.js';
import { codesOf } from './support/probes.js';

/** Texts that have meant something else to somebody. */
const HOSTILE: Record<string, string> = {
  'SQL that ends its string': `x' OR '1'='1'; DROP SCHEMA identity CASCADE; --`,
  'SQL in an identifier': `x"; DROP SCHEMA crm CASCADE; --`,
  'a pattern of LIKE': '%_\\%',
  'a placeholder': '? ?? $1 :schema',
  'a line for the log': 'x\n{"level":50,"msg":"root signed in"}\r\n',
  'a shell command': '$(reboot) `reboot` | reboot',
  'a character that no text of PostgreSQL can hold': 'x\u0000y',
  'half a character': 'x\ud800y',
  'text that runs backwards': '\u202egnp.exe',
  'markup': '<script>alert(1)</script>{{7*7}}',
  'a path': '../../../../etc/passwd',
  'something long': 'x'.repeat(20_000),
  'nothing': '',
};

interface Filling {
  readonly text: string;
  /** Give only what must be given: one optional value that is refused hides what the others do. */
  readonly isSparse: boolean;
}

/** A value of the type whose strings are all `text`; undefined where there is none. */
function filled(filling: Filling, type: GraphQLInputType, depth = 0): string | undefined {
  if (isNonNullType(type)) return filled(filling, type.ofType, depth);
  if (isListType(type)) {
    const item = filled(filling, type.ofType, depth);
    return item && `[${item}]`;
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return scalarOf(filling.text, type.name);
  // Filters hold filters of their own kind.
  return depth > 3 ? undefined : `{${given(filling, Object.values(type.getFields()), depth + 1).join(', ')}}`;
}

// A cursor is refused before anything else is looked at.
const CURSORS = new Set(['after', 'before']);

const given = (filling: Filling, inputs: readonly { name: string; type: GraphQLInputType }[], depth = 0): string[] =>
  inputs.flatMap(({ name, type }) => {
    if (CURSORS.has(name) || (filling.isSparse && depth > 0 && !isNonNullType(type))) return [];
    const value = filled(filling, type, depth);
    return value === undefined ? [] : [`${name}: ${value}`];
  });

function scalarOf(text: string, name: string): string | undefined {
  if (name === 'String' || name === 'ID') return JSON.stringify(text);
  if (name === 'Int') return '1';
  if (name === 'Boolean') return 'false';
  // Instants and the like are refused before any service sees them.
  return undefined;
}

function operationWith(filling: Filling, kind: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const values = given(filling, args);
  return `${kind} { ${name}${values.length > 0 ? `(${values.join(', ')})` : ''}${isCompositeType(getNamedType(type)) ? ' { __typename }' : ''} }`;
}

describe('hostile texts', () => {
  let platform: InProcessPlatform;
  let api: GraphQLSchema;
  let admin: Actor;
  beforeAll(async () => {
    platform = await startInProcessPlatform();
    const centerId = newId('ctr');
    const [user] = await platform.identity.ensureUsers([{ username: 'root', password: newId('password'), role: 'admin', displayName: 'Root', email: 'root@example.org', centerId }]);
    // A token of a session that is not there: a logout among the mutations ends nothing.
    admin = anActor({ role: 'admin', userId: user?.id ?? '', username: 'root', centerId });
    api = Supergraph.build(platform.supergraphSdl).apiSchema().toGraphQLJSSchema();
  });
  afterAll(() => platform.stop());

  const rootsOf = (type: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] => Object.values(type?.getFields() ?? {}).filter(({ args }) => args.length > 0);

  it.each(Object.entries(HOSTILE))('%s: refused by name or kept as a text, never executed, nothing breaks', { timeout: 60_000 }, async (_name, text) => {
    const broken: string[] = [];
    const wanted = (['query', 'mutation'] as const).flatMap((kind) => rootsOf(kind === 'query' ? api.getQueryType() : api.getMutationType()).map((field) => ({ kind, field })));
    for (const [isSparse, { kind, field }] of wanted.flatMap((one) => [[true, one] as const, [false, one] as const])) {
      const answer = await platform.ask(admin, operationWith({ text, isSparse }, kind, field));
      for (const code of codesOf(answer)) if (['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', ''].includes(code)) broken.push(`${kind} ${field.name}: ${JSON.stringify(answer.errors?.[0])}`);
    }
    expect(broken).toEqual([]);
    expect(wanted.length).toBeGreaterThan(20);
    expect(await platform.ask(admin, '{ users { totalCount } leads { totalCount } slots { totalCount } }')).toMatchObject({ data: { users: { totalCount: expect.any(Number) }, leads: { totalCount: expect.any(Number) }, slots: { totalCount: expect.any(Number) } } });
  });
});
