import { AppError } from '@vss/runtime';
import { composeGraph, openStream, type Definition, type TestGraph } from './graph.js';

const users: Record<string, object> = { u1: { id: 'u1', username: 'olga', email: 'olga@example.test' }, u2: { id: 'u2', username: 'sven', email: 'sven@example.test' } };
const calls: Record<string, Record<string, unknown>> = {
  c1: { id: 'c1', status: 'RINGING', operatorId: 'u1', token: 'secret-1', parties: [{ kind: 'Person', name: 'Ann' }, { kind: 'Machine', model: 'M1', pin: '1234' }] },
  c2: { id: 'c2', status: 'ENDED', operatorId: 'u2', token: 'secret-2', parties: [] },
};

const identity: Definition = {
  name: 'identity',
  sdl: `
    type Query {
      me: User! @access(permission: "authenticated")
      user(id: ID!): User @access(permission: "users:read")
      version: String! @access(permission: "public")
      broken: String @access(permission: "public")
      missing: String @access(permission: "public")
    }
    type Mutation {
      login(name: String!): LoginPayload! @access(permission: "public")
      userCreate(name: String!): User @access(permission: "users:create")
    }
    type LoginPayload @access(permission: "public") { token: String user: User }
    type User @key(fields: "id") {
      id: ID!
      username: String @access(permission: "directory:read")
      email: String @access(permission: "users:read")
      badge: String! @access(permission: "users:read")
    }
  `,
  resolvers: {
    Query: {
      me: (_parent, _args, { request }) => users[request.actor.userId] ?? users['u1'],
      user: (_parent, { id }) => users[String(id)],
      version: () => '1',
      broken: () => {
        throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
      },
      missing: () => {
        throw new AppError('NOT_FOUND', 'There is no such thing', { id: 'x' });
      },
    },
    Mutation: {
      login: (_parent, { name }, { request }) => {
        request.reply.setCookie(`vss_refresh=${String(name)}; HttpOnly`);
        return { token: `token of ${String(name)} from ${request.request.userAgent}`, user: users['u1'] };
      },
      userCreate: (_parent, { name }) => ({ id: 'u9', username: name }),
    },
    User: { __resolveReference: ({ id }) => users[String(id)] ?? null, badge: ({ id }) => `badge of ${String(id)}` },
  },
};

const telephony: Definition = {
  name: 'telephony',
  sdl: `
    type Query {
      call(id: ID!): Call @access(permission: "calls:read")
      calls: [Call!]! @access(permission: "calls:read")
      secretCall: Call! @access(permission: "calls:monitor", scope: CENTER)
    }
    type Mutation {
      callStart(number: String!): Call @access(permission: "calls:start")
      callErase(id: ID!): Boolean @access(permission: "calls:erase")
    }
    type Subscription {
      callUpdated(after: String): CallUpdate! @access(permission: "calls:read")
      callMonitored: CallUpdate! @access(permission: "calls:monitor", scope: CENTER)
    }
    type CallUpdate @access(permission: "authenticated") { cursor: String! call: Call }
    type Call @key(fields: "id") {
      id: ID! @access(permission: "calls:read")
      status: String @access(permission: "calls:read")
      operator: User @access(permission: "calls:read")
      token: String @access(permission: "calls:monitor")
      parties: [Party!]! @access(permission: "calls:read")
    }
    type User @key(fields: "id", resolvable: false) { id: ID! }
    union Party = Person | Machine
    type Person @access(permission: "calls:read") { name: String }
    type Machine @access(permission: "calls:read") { model: String pin: String @access(permission: "calls:monitor") }
  `,
  resolvers: {
    Query: { call: (_parent, { id }) => calls[String(id)], calls: () => Object.values(calls), secretCall: () => calls['c1'] },
    Mutation: { callStart: () => calls['c1'], callErase: () => true },
    Subscription: {
      callUpdated: { subscribe: (_parent, _args, { graph }) => openStream(graph), resolve: (event) => event },
      callMonitored: { subscribe: (_parent, _args, { graph }) => openStream(graph), resolve: (event) => event },
    },
    CallUpdate: { call: ({ callId, status }) => ({ ...calls[String(callId)], ...(status ? { status } : {}) }) },
    Call: { __resolveReference: ({ id }) => calls[String(id)] ?? null, operator: ({ operatorId }) => ({ __typename: 'User', id: operatorId }) },
    Party: { __resolveType: ({ kind }) => kind },
  },
};

const crm: Definition = {
  name: 'crm',
  sdl: `
    type Query { noteCount: Int @access(permission: "notes:read") }
    type Call @key(fields: "id") {
      id: ID! @access(permission: "calls:read")
      notes: [Note!] @access(permission: "notes:read")
    }
    type Note @access(permission: "notes:read") { text: String author: User }
    type User @key(fields: "id", resolvable: false) { id: ID! }
  `,
  resolvers: {
    Query: { noteCount: () => 1 },
    Call: { __resolveReference: ({ id }) => ({ id }), notes: ({ id }) => [{ text: `note on ${String(id)}`, author: { __typename: 'User', id: 'u2' } }] },
  },
};

/** Three subgraphs that complete each other's types, with access rules. */
export const callCenterGraph = (): TestGraph => composeGraph([identity, telephony, crm]);
