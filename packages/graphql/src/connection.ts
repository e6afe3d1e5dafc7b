import { getNamedType, isObjectType, Kind, type ConstValueNode, type GraphQLSchema } from 'graphql';
import { ArgsType, Directive, Extensions, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { Access } from './access.js';
import { appendDirective } from './directives.js';
import { CursorScalar } from './scalars.js';

export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 200;

/** One class for all subgraphs: composition demands equal definitions of a shared type. Holds no data of its own. */
@Directive('@shareable')
@Access('public')
@ObjectType({ description: 'Where a page lies in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more rows follow.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether rows come before: true on every page but the first.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row: give it as `after` for the next page.' })
  endCursor: string | null;
}

/** Arguments of every connection; extend it to add a filter. Checked by the pagination itself. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { defaultValue: DEFAULT_PAGE, description: `How many rows, 1 to ${MAX_PAGE}.` })
  first: number = DEFAULT_PAGE;

  @Field(() => String, { nullable: true, description: 'Rows after this cursor: `pageInfo.endCursor` of the page before.' })
  after?: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** What resolves a connection. Counting is a function: graphql calls it only when `totalCount` is selected. */
export interface Page<T> {
  readonly nodes: T[];
  readonly edges: Edge<T>[];
  readonly pageInfo: PageInfo;
  totalCount(): Promise<number>;
  readonly liveCursor?: string | undefined;
}

/**
 * Makes `SlotConnection` and `SlotEdge`. Anybody signed in may read these types themselves, which is safe: they are
 * reached only through a field that has a rule, and every field of the node has one.
 */
export function connectionOf<T extends object>(Node: ClassType<T>, name: string, { live = false }: { live?: boolean } = {}): { Connection: ClassType<Page<T>>; Edge: ClassType<Edge<T>> } {
  @Access('authenticated')
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.`, simpleResolvers: true })
  class ConnectionEdge {
    @Field(() => String, { description: 'Place of this row: give it as `after`.' })
    cursor: string;

    @Field(() => Node, { description: 'The row.' })
    node: T;
  }

  @Access('authenticated')
  @Extensions({ isPage: true })
  @ObjectType(`${name}Connection`, { description: `A page of ${name} rows.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Node], { description: 'The rows of this page.' })
    nodes: T[];

    @Field(() => [ConnectionEdge], { description: 'The rows of this page, each with its cursor.' })
    edges: Edge<T>[];

    @Field(() => PageInfo, { description: 'Where this page lies in the list.' })
    pageInfo: PageInfo;

    @Field(() => Int, { description: 'How many rows the whole list has; counted only when asked for.' })
    totalCount: () => Promise<number>;

    liveCursor?: string;
  }
  if (live)
    Field(() => CursorScalar, { nullable: true, description: 'Follow the matching live stream from here to miss nothing.' })(Connection.prototype, 'liveCursor');
  return { Connection, Edge: ConnectionEdge };
}

/**
 * Tells the gateway how long the pages are: every field that answers with a connection gets `@listSize`, so that what
 * an operation costs follows its `first`. In place.
 */
export function printablePageSizes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields()))
      if (getNamedType(field.type).extensions['isPage'] && field.args.some(({ name }) => name === 'first')) appendDirective(field, 'listSize', { slicingArguments: stringList('first'), sizedFields: stringList('nodes', 'edges') });
  }
}

const stringList = (...values: string[]): ConstValueNode => ({ kind: Kind.LIST, values: values.map((value) => ({ kind: Kind.STRING, value })) });
