import { createCrm, migrations as crm } from '@vss/crm';
import { createDevices, migrations as devices } from '@vss/devices';
import { createInProcessBroker } from '@vss/events';
import { createIdentity, migrations as identity } from '@vss/identity';
import { createOperations, migrations as operations } from '@vss/operations';
import { silentLogger } from '@vss/runtime';
import { createTelephony, migrations as telephony } from '@vss/telephony';
import { startTestDatabase } from '@vss/testing';

/** The SDL of each subgraph, in the order of their ports, from the subgraphs themselves over an empty database. */
export async function printSubgraphs(): Promise<Record<string, string>> {
  const database = await startTestDatabase({ migrations: [identity, telephony, devices, crm, operations] });
  const logger = silentLogger;
  const shared = { target: database.target, broker: createInProcessBroker({ logger }), logger };
  const subgraphs = [
    await createIdentity({ ...shared, settings: { secret: 'nothing is signed here, so this is no secret' } }),
    await createTelephony(shared),
    await createDevices(shared),
    await createCrm(shared),
    await createOperations(shared),
  ];
  for (const subgraph of subgraphs) await subgraph.stop();
  await database.stop();
  return Object.fromEntries(subgraphs.map(({ name, sdl }) => [name, sdl]));
}
