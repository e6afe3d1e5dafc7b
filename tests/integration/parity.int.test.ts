import { Supergraph } from '@apollo/federation-internals';
import { execute, GraphQLObjectType, GraphQLSchema, isObjectType, Kind, parse, type GraphQLField, type ObjectTypeDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, AUTHENTICATED, isAllowed, SYSTEM_ROLES, type Actor } from '@vss/auth';
import { readAccess, type AccessTable } from '@vss/gateway';
import type { Subgraph } from '@vss/graphql';
import { newTraceId } from '@vss/runtime';
import { anActor } from '@vss/testing';
import { startInProcessPlatform, type InProcessPlatform } from './support/platform.js';
import { isDenial, selectionFor } from './support/probes.js';

const ACTORS: readonly Actor[] = [anonymousActor, ...SYSTEM_ROLES.map(({ name }) => anActor({ role: name }))];

/**
 * Executes every field of a subgraph's type, each on an object of its own: the schema's own resolvers run, behind their
 * shield. Gives the names of the fields that were denied; whatever else a field says of an object that is nearly empty
 * is no denial. Where the row decides (a user's email address), it is the actor's own.
 */
async function deniedBy(subgraph: Subgraph, type: GraphQLObjectType, actor: Actor): Promise<Set<string>> {
  const names = Object.keys(type.getFields()).filter((name) => !name.startsWith('_'));
  const query = new GraphQLObjectType({ name: 'Probe', fields: { it: { type, resolve: () => ({ id: actor.userId, name: actor.role }) } } });
  const document = parse(`{ ${names.map((name) => `of_${name}: it { ${selectionFor(type.getFields()[name] as GraphQLField<unknown, unknown>)} }`).join(' ')} }`);
  const schema = new GraphQLSchema({ query, types: Object.values(subgraph.schema.getTypeMap()).filter(({ name }) => !name.startsWith('__')) });
  const { errors = [] } = await execute({ schema, document, contextValue: subgraph.scopeFor({ actor, traceId: newTraceId() }) });
  const denials = errors.filter(({ originalError, extensions, path }) => path?.length === 2 && isDenial((originalError as { code?: unknown } | undefined)?.code ?? extensions['code']));
  return new Set(denials.map(({ path }) => String(path?.[0]).slice('of_'.length)));
}

describe('R-120…R-167: guard and subgraph give the same verdict on every field for every role', () => {
  let platform: InProcessPlatform;
  let api: GraphQLSchema;
  let table: AccessTable;
  beforeAll(async () => {
    platform = await startInProcessPlatform();
    api = Supergraph.build(platform.supergraphSdl).apiSchema().toGraphQLJSSchema();
    table = readAccess(parse(platform.supergraphSdl), api);
  });
  afterAll(() => platform.stop());

  const guardAllows = (actor: Actor, type: GraphQLObjectType, field: string): boolean => table.rulesFor(type, field).every(({ permission, scope }) => isAllowed(actor, permission, scope));
  const isOperation = ({ name }: { name: string }): boolean => ['Mutation', 'Subscription'].includes(name);
  const typesOf = (schema: GraphQLSchema): GraphQLObjectType[] => Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('_'));

  it('on the fields of every type, by executing them', async () => {
    const wrong: string[] = [];
    const compared = new Set<string>();
    for (const subgraph of platform.subgraphs)
      for (const type of typesOf(subgraph.schema)) {
        const apiType = api.getType(type.name);
        // Mutations would be done, and are tried one by one in access.int.test.ts; subscriptions below.
        if (!isObjectType(apiType) || isOperation(type)) continue;
        const keys = bareKeys(subgraph.sdl, type.name);
        for (const actor of ACTORS) {
          const denied = await deniedBy(subgraph, type, actor);
          for (const name of Object.keys(type.getFields()).filter((field) => field in apiType.getFields())) {
            compared.add(`${type.name}.${name}`);
            // What another subgraph's entity is referred to by: whoever signed in may pass an id that he has.
            const expected = keys.has(name) ? isAllowed(actor, AUTHENTICATED) : guardAllows(actor, apiType, name);
            if (denied.has(name) === expected) wrong.push(`${subgraph.name} ${type.name}.${name} as ${actor.role}: the guard says ${expected ? 'yes' : 'no'}`);
          }
        }
      }
    expect(wrong).toEqual([]);
    const all = typesOf(api).filter((type) => !isOperation(type)).flatMap((type) => Object.keys(type.getFields()).map((name) => `${type.name}.${name}`));
    expect(all.filter((coordinate) => !compared.has(coordinate))).toEqual([]);
  });

  it('on every subscription, by opening it', async () => {
    const wrong: string[] = [];
    for (const subgraph of platform.subgraphs)
      for (const field of Object.values(subgraph.schema.getSubscriptionType()?.getFields() ?? {}))
        for (const actor of ACTORS) {
          const opened = await subgraph.subscribe({ query: `subscription { ${selectionFor(field)} }`, scope: subgraph.scopeFor({ actor, traceId: newTraceId() }) });
          const isDenied = !(Symbol.asyncIterator in opened) && (opened.errors ?? []).some(({ extensions }) => isDenial(extensions?.['code']));
          if (Symbol.asyncIterator in opened) await opened.return?.();
          if (isDenied === guardAllows(actor, api.getSubscriptionType() as GraphQLObjectType, field.name)) wrong.push(`${subgraph.name} subscription ${field.name} as ${actor.role}`);
        }
    expect(wrong).toEqual([]);
  });
});

/** Keys that are printed without a rule: the entity's owner rules them. */
function bareKeys(sdl: string, typeName: string): Set<string> {
  const definition = parse(sdl).definitions.find((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === typeName);
  const isEntity = definition?.directives?.some(({ name }) => name.value === 'key') ?? false;
  const bare = (definition?.fields ?? []).filter(({ directives }) => isEntity && !directives?.some(({ name }) => name.value === 'access'));
  return new Set(bare.map(({ name }) => name.value));
}
