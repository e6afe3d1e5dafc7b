import { subgraphConfig } from '@vss/graphql';

/** Settings of the crm process; `.env.example` says what each means. */
export const crmConfig = subgraphConfig(4004, {});
