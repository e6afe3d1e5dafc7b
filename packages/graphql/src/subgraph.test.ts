import { beforeAll, describe, expect, it } from 'vitest';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';
import { IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { Arg, Args, Ctx, Directive, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, registerEnumType, Resolver, Root, Subscription } from 'type-graphql';
import { anonymousActor, readExplainId } from '@vss/auth';
import { AppError, UserError, type Logger } from '@vss/runtime';
import { anActor, ask, subscribeTo } from '@vss/testing';
import type { Orm } from '@vss/db';
import { Access, answer, buildSubgraph, connectionOf, ConnectionArgs, createSubgraph, Instant, undescribed, userErrorType, type Denial, type Page, type Scope, type Subgraph, type UserErrorView } from './index.js';

enum PhoneErrorCode {
  NUMBER_INVALID = 'NUMBER_INVALID',
}
registerEnumType(PhoneErrorCode, { name: 'PhoneErrorCode', description: 'What can be wrong with a phone.' });
const PhoneUserError = userErrorType('Phone', PhoneErrorCode);

@Directive('@key(fields: "id")')
@Access('slots:read')
@ObjectType({ description: 'A phone.', simpleResolvers: true })
class Phone {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its number.' })
  number: string;

  @Access('trunks:create')
  @Field(() => String, { nullable: true, description: 'For administrators.' })
  secret: string;

  @Access('slots:monitor', 'CENTER')
  @Field(() => String, { nullable: true, description: 'For supervisors.' })
  heard: string;

  @Field(() => String, { nullable: true, description: 'What people call it.' })
  nickname?: string;

  @Field(() => Date, { description: 'When it was made.' })
  madeAt: Date;
}
const { Connection: PhoneConnection } = connectionOf(Phone, 'Phone');

@Access('authenticated')
@ObjectType({ description: 'Answer of a mutation.', simpleResolvers: true })
class PhonePayload {
  @Field(() => Phone, { nullable: true, description: 'The phone.' })
  phone?: Phone | null;

  @Field(() => [PhoneUserError], { description: 'What to put right.' })
  userErrors: UserErrorView[];
}

@InputType({ description: 'A place.' })
class PlaceInput {
  @Length(2, 2, { message: 'must be two letters' })
  @Field(() => String, { description: 'Country.' })
  country: string;
}

@InputType({ description: 'A phone to make.' })
class PhoneInput {
  @Matches(/^\d+$/, { message: 'must be digits' })
  @Field(() => String, { description: 'Its number.' })
  number: string;

  @IsOptional()
  @ValidateNested()
  @Field(() => PlaceInput, { nullable: true, description: 'Where.' })
  place?: PlaceInput;
}

const aPhone = (id: string): Phone => Object.assign(new Phone(), { id, number: `+${id}`, secret: 's', heard: 'h', madeAt: new Date(0) });

@Resolver(() => Phone)
class PhoneResolver {
  constructor(private readonly loads: string[]) {}

  @Access('slots:read')
  @Query(() => Phone, { description: 'One.' })
  phone(@Arg('id', () => ID, { description: 'Its id.' }) id: string): Phone {
    return aPhone(id);
  }

  @Access('slots:read')
  @Query(() => PhoneConnection, { description: 'All.' })
  phones(@Args(() => ConnectionArgs) args: ConnectionArgs): Page<Phone> {
    const nodes = Array.from({ length: args.first }, (_, at) => aPhone(String(at)));
    return { nodes, edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }, totalCount: async () => nodes.length };
  }

  @Access('public')
  @Query(() => Int, { description: 'Anybody.' })
  open(): number {
    return 1;
  }

  @Access('public')
  @Query(() => Int, { nullable: true, description: 'Fails.' })
  broken(@Arg('how', () => String, { description: 'How.' }) how: string): number | undefined {
    if (how === 'bug') throw new Error('password is hunter2');
    if (how === 'database') throw Object.assign(new Error('connect ECONNREFUSED /data/hunter2'), { code: 'ECONNREFUSED' });
    if (how === 'type') return 'hunter2' as never;
    if (how === 'foreseen') throw new AppError('NOT_FOUND', 'No such phone', { id: 'pho_1', code: 'x' });
    if (how === 'refused') throw new AppError('FORBIDDEN', 'Not for you');
    if (how === 'right') throw new AppError('FORBIDDEN', 'Not on a Sunday', { permission: 'slots:read' });
    if (how === 'user') throw new UserError('NUMBER_INVALID', 'Not a number', ['input', 'number']);
    return undefined;
  }

  @Access('public')
  @FieldResolver(() => String, { description: 'Loaded.' })
  async label(@Root() phone: Phone, @Ctx() scope: Scope): Promise<string> {
    const loaded = await scope.batch.load('label', phone.id, async (ids: readonly string[]) => {
      this.loads.push(ids.join());
      return new Map(ids.map((id) => [id, `label ${id}`]));
    });
    return loaded ?? '';
  }

  // Declared on the class as well: the resolver's rule must not get lost.
  @Access('audit:read')
  @FieldResolver(() => Date, { description: 'When it was made.' })
  madeAt(@Root() phone: Phone): Date {
    return phone.madeAt;
  }

  @Access('slots:read')
  @Mutation(() => PhonePayload, { description: 'Makes one.' })
  phoneCreate(@Arg('input', () => PhoneInput, { description: 'What.' }) input: PhoneInput): Promise<PhonePayload> {
    return answer(async () => {
      if (input.number === '0') throw new UserError('NUMBER_INVALID', 'Zero is no number', ['input', 'number']);
      if (input.number === '1') throw new AppError('CONFLICT', 'Taken');
      return { phone: aPhone(input.number) };
    });
  }

  @Access('slots:monitor')
  @Subscription(() => Phone, { description: 'Live.', subscribe: () => quietStream([aPhone('7'), aPhone('8')]) })
  phoneRang(@Root() phone: Phone): Phone {
    return phone;
  }
}

let opened = 0;
function quietStream<T>(events: T[]): AsyncIterableIterator<T> {
  opened += 1;
  let wake: (() => void) | undefined;
  return {
    next: async () => {
      const value = events.shift();
      if (value !== undefined) return { value, done: false };
      await new Promise<void>((resolve) => (wake = resolve));
      return { value: undefined, done: true };
    },
    return: async () => {
      wake?.();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const noOrm = { em: {}, isConnected: async () => true, close: async () => undefined } as unknown as Orm;
const lines: unknown[][] = [];
const logger = { error: (...line: unknown[]) => void lines.push(line), child: () => logger } as unknown as Logger;
const denials: Denial[] = [];
const loads: string[] = [];
let subgraph: Subgraph;

const build = () =>
  buildSubgraph({
    name: 'phones',
    resolvers: [new PhoneResolver(loads)],
    orphanedTypes: [Phone],
    references: { Phone: ({ id }: { id: string }) => (loads.push(`reference ${id}`), aPhone(id)) },
  });

beforeAll(async () => {
  subgraph = createSubgraph({ name: 'phones', build: await build(), orm: noOrm, logger, onDenied: (denial) => denials.push(denial) });
});

const operator = anActor({ role: 'operator' });
const seller = anActor({ role: 'seller' });
const admin = anActor({ role: 'admin' });

describe('rules', () => {
  it('stops the build naming every field without a rule', async () => {
    @ObjectType({ description: 'Open.', simpleResolvers: true })
    class Bare {
      @Field(() => String, { description: 'x' }) a: string;
      @Access('public') @Field(() => String, { description: 'x' }) b: string;
      @Field(() => String, { description: 'x' }) c: string;
    }
    @Resolver()
    class BareResolver {
      @Query(() => Bare, { description: 'x' }) bare(): Bare {
        return new Bare();
      }
      @Mutation(() => Int, { description: 'x' }) bareSet(): number {
        return 1;
      }
      @Subscription(() => Int, { description: 'x', subscribe: () => quietStream<number>([]) }) bareChanged(): number {
        return 1;
      }
    }
    await expect(buildSubgraph({ name: 'bare', resolvers: [BareResolver], orphanedTypes: [Bare] })).rejects.toThrow(
      /bare: no access rule is declared for (?=.*Bare\.a\b)(?=.*Bare\.c\b)(?=.*Query\.bare\b)(?=.*Mutation\.bareSet\b)(?=.*Subscription\.bareChanged\b)(?!.*Bare\.b\b)/,
    );
  });

  it('does not start with a right that is not in the catalogue, since nobody could be given it', async () => {
    @Resolver()
    class MisspeltResolver {
      @Access('slots:reed')
      @Query(() => Int, { description: 'x' }) misspelt(): number {
        return 1;
      }
    }
    const build = (more: object = {}) => buildSubgraph({ name: 'misspelt', resolvers: [MisspeltResolver], orphanedTypes: [], ...more });
    await expect(build()).rejects.toThrow(/misspelt: there is no right slots:reed \(Query\.misspelt\)\. Add it to packages\/auth\/src\/permissions\.ts/);
    await expect(build({ permissions: new Set(['slots:reed']) })).resolves.toBeDefined();
  });

  it('refuses a permission that cannot be granted', () => {
    expect(() => Access('slots')).toThrow('neither resource:action');
    expect(() => Access('slots:read', 'MINE' as never)).toThrow('names no scope');
  });

  it('lets in who holds the right, and names the right to who does not', async () => {
    expect(await ask(subgraph, operator, '{ phone(id: "1") { id number } }')).toEqual({ data: { phone: { id: '1', number: '+1' } } });
    const { data, errors } = await ask(subgraph, seller, '{ phone(id: "1") { id } open }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['phone'], extensions: { code: 'FORBIDDEN', permission: 'slots:read' } }]);
  });

  it('tells an anonymous asker to sign in, except for what is public', async () => {
    expect((await ask(subgraph, anonymousActor, '{ open }')).data).toEqual({ open: 1 });
    expect((await ask(subgraph, anonymousActor, '{ phone(id: "1") { id } }')).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('nulls a field that the role may not see and answers the rest', async () => {
    const { data, errors } = await ask(subgraph, operator, '{ phone(id: "1") { number secret } }');
    expect(data).toEqual({ phone: { number: '+1', secret: null } });
    expect(errors).toMatchObject([{ message: expect.stringContaining('trunks:create'), path: ['phone', 'secret'] }]);
  });

  it.each([
    ['an alias', '{ phone(id: "1") { number: secret } }'],
    ['a fragment', '{ phone(id: "1") { ...all } } fragment all on Phone { ... { hidden: secret } }'],
    ['an entity reference', '{ _entities(representations: [{ __typename: "Phone", id: "1" }]) { ... on Phone { secret } } }'],
    ['a mutation', 'mutation { phoneCreate(input: { number: "5" }) { phone { secret } } }'],
  ])('is not got round by %s', async (_way, query) => {
    const { data, errors } = await ask(subgraph, operator, query);
    expect(JSON.stringify(data)).not.toContain('"s"');
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', permission: 'trunks:create' } }]);
  });

  it('asks for the scope that is declared, not just the permission', async () => {
    const narrow = anActor({ grants: [{ resource: 'slots', actions: ['read', 'monitor'], scope: 'OWN', effect: 'ALLOW' }] });
    expect((await ask(subgraph, narrow, '{ phone(id: "1") { heard } }')).data).toEqual({ phone: { heard: null } });
    expect((await ask(subgraph, anActor({ role: 'supervisor' }), '{ phone(id: "1") { heard } }')).data).toEqual({ phone: { heard: 'h' } });
  });

  it('keeps the rule of a resolver whose field its class declares too', async () => {
    expect((await ask(subgraph, operator, '{ phone(id: "1") { madeAt } }')).errors).toMatchObject([{ extensions: { permission: 'audit:read' } }]);
    expect((await ask(subgraph, admin, '{ phone(id: "1") { madeAt } }')).data).toEqual({ phone: { madeAt: '1970-01-01T00:00:00.000Z' } });
  });

  it('guards references before it loads their rows', async () => {
    loads.length = 0;
    const query = '{ _entities(representations: [{ __typename: "Phone", id: "1" }]) { __typename } }';
    const { data, errors } = await ask(subgraph, seller, query);
    expect([data, loads]).toEqual([{ _entities: [null] }, []]);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await ask(subgraph, operator, query)).data).toEqual({ _entities: [{ __typename: 'Phone' }] });
  });

  it('refuses a live stream before it is opened', async () => {
    opened = 0;
    await expect(subscribeTo(subgraph, operator, 'subscription { phoneRang { id } }')).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(opened).toBe(0);
    const live = await subscribeTo(subgraph, anActor({ role: 'supervisor' }), 'subscription { rang: phoneRang { id secret } }');
    denials.length = 0;
    for (const id of ['7', '8']) expect(await live.next()).toMatchObject({ data: { rang: { id, secret: null } }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(denials).toHaveLength(1);
    await live.return();
    await expect(live.next()).rejects.toThrow('ended');
  });

  it('shows of a type the fields that a grant names, and always the key', async () => {
    const narrow = anActor({ grants: [{ resource: 'slots', actions: ['read'], scope: 'CENTER', effect: 'ALLOW', conditions: { fields: ['number'] } }] });
    expect(await ask(subgraph, narrow, '{ phone(id: "1") { id number } }')).toEqual({ data: { phone: { id: '1', number: '+1' } } });
    denials.length = 0;
    const { data, errors } = await ask(subgraph, narrow, '{ phones(first: 3) { nodes { id name: label n: nickname } } }');
    expect(data.phones.nodes).toEqual(['0', '1', '2'].map((id) => ({ id, name: `label ${id}`, n: null })));
    expect(errors).toHaveLength(3);
    expect(errors?.[0]).toMatchObject({ message: `The role ${narrow.role} has the right slots:read without the field nickname`, extensions: { permission: 'slots:read' } });
    expect(denials).toMatchObject([{ operation: 'Phone.nickname' }]);
    const reference = '{ _entities(representations: [{ __typename: "Phone", id: "1" }]) { ... on Phone { id number nickname } } }';
    expect((await ask(subgraph, narrow, reference)).data).toEqual({ _entities: [{ id: '1', number: '+1', nickname: null }] });
  });

  it('says with a denial who was denied what, so that it can be explained', async () => {
    const { errors } = await ask(subgraph, operator, '{ phone(id: "1") { secret heard } }');
    const told = errors?.map(({ extensions }) => readExplainId(String(extensions?.['explainId'])));
    expect(told).toMatchObject([
      { userId: operator.userId, role: 'operator', permission: 'trunks:create', needed: 'OWN', coordinate: 'Phone.secret' },
      { permission: 'slots:monitor', needed: 'CENTER', coordinate: 'Phone.heard' },
    ]);
    const byService = (await ask(subgraph, operator, 'query { broken(how: "right") }')).errors?.[0]?.extensions;
    expect(readExplainId(String(byService?.['explainId']))).toMatchObject({ userId: operator.userId, permission: 'slots:read', coordinate: 'broken', why: 'Not on a Sunday' });
    const withoutRight = (await ask(subgraph, operator, 'query { broken(how: "refused") }')).errors?.[0]?.extensions;
    expect(readExplainId(String(withoutRight?.['explainId']))).toMatchObject({ permission: 'authenticated', why: 'Not for you' });
  });

  it('reports a denial once a request, however many rows it hides', async () => {
    denials.length = 0;
    await ask(subgraph, operator, '{ phones(first: 20) { nodes { secret } } }');
    expect(denials).toMatchObject([{ permission: 'trunks:create', operation: 'Phone.secret', actor: { userId: operator.userId }, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  });
});

describe('errors', () => {
  const broken = (how: string) => ask(subgraph, operator, 'query($how: String!) { broken(how: $how) }', { how });

  it.each(['bug', 'type'])('shows a reference for what nobody foresaw (%s) and logs it once', async (how) => {
    lines.length = 0;
    const { data, errors } = await broken(how);
    expect(data).toEqual({ broken: null });
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR', reference: expect.stringMatching(/^[0-9a-f]{32}$/) } }]);
    expect(JSON.stringify(errors)).not.toContain('hunter2');
    expect(lines).toHaveLength(1);
  });

  it('says that it may work later when the database cannot be reached', async () => {
    lines.length = 0;
    const { errors } = await broken('database');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', reference: expect.stringMatching(/^[0-9a-f]{32}$/) } }]);
    expect([JSON.stringify(errors).includes('hunter2'), lines.length]).toEqual([false, 1]);
  });

  it('passes on what was foreseen, with details that cannot change the code', async () => {
    expect((await broken('foreseen')).errors).toMatchObject([{ message: 'No such phone', extensions: { code: 'NOT_FOUND', id: 'pho_1' } }]);
    expect((await broken('user')).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', reason: 'NUMBER_INVALID', fields: [{ field: 'input.number' }] } }]);
  });

  it.each([
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ phone(id: ', 'GRAPHQL_PARSE_FAILED'],
    ['query($id: ID!) { phone(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['subscription($x: Boolean!) { phoneRang @include(if: $x) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('says what is wrong with %s', async (query, code) => {
    const { data, errors } = await ask(subgraph, operator, query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });

  it('names every input field that is wrong, and no value', async () => {
    const { errors } = await ask(subgraph, operator, 'mutation { phoneCreate(input: { number: "hunter2", place: { country: "Wonderland" } }) { phone { id } } }');
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'input.number', message: 'must be digits' }, { field: 'input.place.country', message: 'must be two letters' }] } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|Wonderland/);
  });

  it('answers what a user can put right in the payload, and nothing else there', async () => {
    const create = (number: string) => ask(subgraph, operator, 'mutation($number: String!) { phoneCreate(input: { number: $number }) { phone { id } userErrors { code message field retryable explainId } } }', { number });
    expect(await create('0')).toEqual({
      data: { phoneCreate: { phone: null, userErrors: [{ code: 'NUMBER_INVALID', message: 'Zero is no number', field: ['input', 'number'], retryable: false, explainId: null }] } },
    });
    expect((await create('1')).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    expect((await create('2')).data).toEqual({ phoneCreate: { phone: { id: '2' }, userErrors: [] } });
  });
});

describe('descriptions', () => {
  it('finds what has none', () => {
    expect(undescribed(subgraph.schema)).toEqual(['PhoneErrorCode.NUMBER_INVALID']);
  });
});

describe('batching', () => {
  it('asks once for what the rows of an answer need', async () => {
    loads.length = 0;
    await ask(subgraph, operator, '{ phones(first: 3) { nodes { label } } }');
    expect(loads).toEqual(['0,1,2']);
  });

  it('forgets between the mutations of a request what an earlier one may have changed', async () => {
    loads.length = 0;
    await ask(subgraph, operator, 'mutation { a: phoneCreate(input: { number: "5" }) { phone { label } } b: phoneCreate(input: { number: "5" }) { phone { label } } }');
    expect(loads).toEqual(['5', '5']);
  });
});

describe('composition', () => {
  @Directive('@key(fields: "id")')
  @Access('authenticated')
  @ObjectType('Phone', { description: 'Something that rings.', simpleResolvers: true })
  class PhoneStub {
    @Field(() => ID, { description: 'What it is known by.' })
    id: string;
  }
  @Access('calls:read')
  @ObjectType({ description: 'A ring.', simpleResolvers: true })
  class Ring {
    @Field(() => ID, { description: 'Its id.' })
    id: string;
    @Field(() => Instant, { description: 'When.' })
    at: Date;
  }
  const { Connection: RingConnection } = connectionOf(Ring, 'Ring', { live: true });
  @Resolver(() => PhoneStub)
  class RingResolver {
    @Access('calls:read')
    @Query(() => RingConnection, { description: 'All rings.' })
    rings(@Args(() => ConnectionArgs) _args: ConnectionArgs): null {
      return null;
    }
    @Access('calls:read', 'CENTER')
    @FieldResolver(() => RingConnection, { name: 'rings', nullable: true, description: 'Its rings.' })
    ringsOf(@Args(() => ConnectionArgs) _args: ConnectionArgs): null {
      return null;
    }
  }
  const buildRings = () => buildSubgraph({ name: 'rings', resolvers: [RingResolver], orphanedTypes: [PhoneStub, Ring], references: { Phone: (phone: { id: string }) => phone } });

  it('keeps two subgraphs of one process apart', async () => {
    const [phones, rings, phonesAgain] = [await build(), await buildRings(), await build()];
    expect(phonesAgain.sdl).toBe(phones.sdl);
    expect(phones.sdl).not.toMatch(/Ring/);
    expect(rings.sdl).not.toMatch(/PhoneInput|secret/);
  });

  it('composes without a hint and carries the rules, and clients see none of their machinery', async () => {
    const services = [await build(), await buildRings()].map(({ sdl }, at) => ({ name: `s${at}`, url: `http://s${at}`, typeDefs: parse(sdl) }));
    const { errors, hints, supergraphSdl } = composeServices(services);
    expect([errors, hints]).toEqual([undefined, []]);
    expect(supergraphSdl).toMatch(/rings\([^)]*\): RingConnection .*@access\(permission: "calls:read", scope: CENTER\)/);
    // One rule for the key, although the stub has its own, and none for the type as a whole.
    expect(supergraphSdl).toMatch(/type Phone\n(  @join__type.*\n)+\{\n(.*\n)*?  id: ID! @access\(permission: "slots:read"\)\n/);
    const api = printSchema(Supergraph.build(supergraphSdl ?? '').apiSchema().toGraphQLJSSchema());
    expect(api).not.toMatch(/access/i);
    expect(api).toContain('scalar DateTime');
  });
});
