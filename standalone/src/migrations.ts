import { migrations as crm } from '@vss/crm';
import type { SubgraphMigrations } from '@vss/db';
import { migrations as devices } from '@vss/devices';
import { migrations as identity } from '@vss/identity';
import { migrations as operations } from '@vss/operations';
import { migrations as telephony } from '@vss/telephony';

/** The schema of every subgraph. */
export const allMigrations: readonly SubgraphMigrations[] = [identity, telephony, devices, crm, operations];
