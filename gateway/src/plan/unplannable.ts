import { GraphQLError } from 'graphql';

/** An operation that is valid, and that no plan would answer rightly. */
export const unplannable = (why: string): GraphQLError => new GraphQLError(`The operation cannot be planned: ${why}`, { extensions: { code: 'QUERY_PLANNING_FAILED' } });
