import { getNamedType, isScalarType, Kind, parse, type ConstDirectiveNode, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, type ObjectTypeDefinitionNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, AUTHENTICATED, isAllowed, SYSTEM_ROLES, type Actor } from '@vss/auth';
import { readAccess, type AccessTable } from '@vss/gateway';
import { anActor, ask } from '@vss/testing';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';
import { codesOf, isDenied, selectionFor } from './support/probes.js';
import { Supergraph } from '@apollo/federation-internals';

const ROLES = ['stranger', ...SYSTEM_ROLES.map(({ name }) => name)];

const operationFor = (kind: string, field: GraphQLField<unknown, unknown>): string => `${kind} { ${selectionFor(field)} }`;

describe('R-120…R-167, R-217: every door says to every role what the table of rights says', () => {
  let platform: InProcessPlatform;
  let api: GraphQLSchema;
  let table: AccessTable;
  const actors = new Map<string, Actor | undefined>();

  beforeAll(async () => {
    platform = await startInProcessPlatform();
    api = Supergraph.build(platform.supergraphSdl).apiSchema().toGraphQLJSSchema();
    table = readAccess(parse(platform.supergraphSdl), api);
    for (const name of ROLES) actors.set(name, name === 'stranger' ? undefined : anActor({ role: name }));
  });
  afterAll(() => platform.stop());

  const mayUse = (type: GraphQLObjectType, field: string, actor: Actor | undefined): boolean => table.rulesFor(type, field).every((rule) => isAllowed(actor ?? anonymousActor, rule.permission, rule.scope));
  const rootsOf = (kind: 'query' | 'mutation' | 'subscription'): [GraphQLObjectType, GraphQLField<unknown, unknown>[]] => {
    const type = { query: api.getQueryType(), mutation: api.getMutationType(), subscription: api.getSubscriptionType() }[kind];
    if (!type) throw new Error(`The graph has no ${kind} type`);
    return [type, Object.values(type.getFields())];
  };

  it.each(['query', 'mutation'] as const)('each %s, at the gateway', async (kind) => {
    const [type, fields] = rootsOf(kind);
    const wrong: string[] = [];
    for (const field of fields)
      for (const [role, actor] of actors) {
        const answer = await platform.ask(actor, operationFor(kind, field));
        if (isDenied(answer) === mayUse(type, field.name, actor)) wrong.push(`${kind} ${field.name} as ${role}: ${codesOf(answer).join() || 'answered'}`);
      }
    expect(wrong).toEqual([]);
    expect(fields.length).toBeGreaterThan(5);
  });

  it('each subscription, at the gateway', async () => {
    const [type, fields] = rootsOf('subscription');
    const wrong: string[] = [];
    for (const field of fields)
      for (const [role, actor] of actors) {
        const denied = await isSubscriptionDenied(platform, actor, operationFor('subscription', field));
        if (denied === mayUse(type, field.name, actor)) wrong.push(`subscription ${field.name} as ${role}`);
      }
    expect(wrong).toEqual([]);
  });

  it('each root field, at the subgraph that the gateway would ask', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const subgraph of platform.subgraphs)
      for (const kind of ['query', 'mutation'] as const) {
        const type = kind === 'query' ? subgraph.schema.getQueryType() : subgraph.schema.getMutationType();
        for (const field of Object.values(type?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_')))
          for (const [role, actor] of actors) {
            asked += 1;
            const answer = await ask(subgraph, actor ?? anonymousActor, operationFor(kind, field));
            const apiType = rootsOf(kind)[0];
            if (isDenied(answer as Answer) === mayUse(apiType, field.name, actor)) wrong.push(`${subgraph.name} ${field.name} as ${role}: ${codesOf(answer as Answer).join() || 'answered'}`);
          }
      }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  });

  it('each entity reference, which goes round Query', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const subgraph of platform.subgraphs) {
      const entities = subgraph.sdl.match(/^type (\w+)[^\n{]*@key/gm)?.map((line) => line.split(' ')[1] ?? '') ?? [];
      for (const entity of entities) {
        const type = subgraph.schema.getType(entity) as GraphQLObjectType;
        const rules = rulesOfOwnField(subgraph.sdl, type);
        for (const [role, actor] of actors) {
          asked += 1;
          const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${entity} { ${rules.map(({ field }) => field).join(' ')} } } }`;
          const answer = await ask(subgraph, actor ?? anonymousActor, query, { r: [{ __typename: entity, id: 'nobody' }] });
          const leaked = Object.keys((answer.data?._entities?.[0] as object | null) ?? {}).filter((field) => !isAllowed(actor ?? anonymousActor, rules.find((rule) => rule.field === field)?.permission ?? 'nothing:ever') && (answer.data._entities[0] as Record<string, unknown>)[field] !== null);
          if (leaked.length > 0) wrong.push(`${subgraph.name} ${entity} as ${role}: ${leaked.join()}`);
          if (!actor && !isDenied(answer as Answer)) wrong.push(`${subgraph.name} ${entity} answered a stranger`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(50);
  });
});

/** The permission of each scalar field of an entity, as the subgraph's SDL declares it. */
function rulesOfOwnField(sdl: string, type: GraphQLObjectType): { field: string; permission: string }[] {
  const definition = parse(sdl).definitions.find((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === type.name);
  if (!definition) throw new Error(`${type.name} is not in the SDL`);
  const permissionIn = (directives: readonly ConstDirectiveNode[] | undefined): string | undefined => {
    const argument = directives?.find(({ name }) => name.value === 'access')?.arguments?.find(({ name }) => name.value === 'permission');
    return argument?.value.kind === Kind.STRING ? argument.value.value : undefined;
  };
  return (definition.fields ?? [])
    .filter(({ name, arguments: args }) => isScalarType(getNamedType(type.getFields()[name.value]?.type)) && !args?.length)
    .map((field) => ({
      field: field.name.value,
      // The key of an entity is printed bare: whoever is signed in may pass an id that he has.
      permission: permissionIn(field.directives) ?? permissionIn(definition.directives) ?? (field.name.value === 'id' ? AUTHENTICATED : 'nothing:ever'),
    }));
}

/** Whether the stream is refused; one that opens is closed again at once. */
async function isSubscriptionDenied(platform: InProcessPlatform, actor: Actor | undefined, query: string): Promise<boolean> {
  const token = actor && (await platform.tokenOf(actor));
  const client = createClient({ url: platform.wsUrl, connectionParams: token ? { authorization: `Bearer ${token}` } : {}, retryAttempts: 0 });
  try {
    return await new Promise<boolean>((resolve, reject) => {
      // The connection works through its messages in order: when the query after it is answered, a refusal would have come.
      client.subscribe({ query }, { next: ({ errors }) => resolve(isDenied({ errors: errors as never })), error: (error) => (Array.isArray(error) ? resolve(isDenied({ errors: error as never })) : reject(new Error(JSON.stringify(error)))), complete: () => resolve(false) });
      client.subscribe({ query: '{ __typename }' }, { next: () => setTimeout(() => resolve(false), 150), error: () => undefined, complete: () => undefined });
    });
  } finally {
    await client.dispose();
  }
}
