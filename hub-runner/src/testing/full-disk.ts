/** Writes reports into the journal of the folder given until it is refused, and prints how many were taken. */
import process from 'node:process';
import { CommandStarted } from '@vss/events';
import { silentLogger } from '@vss/runtime';
import { openJournal } from '../journal/index.js';
import { aCommand } from './rig.js';

const [dir = ''] = process.argv.slice(2);
const journal = await openJournal({ dir, logger: silentLogger });
let taken = 0;
try {
  for (;;) {
    await journal.append({ kind: 'report', message: aCommand(CommandStarted, { hubId: 'hub_1', slotId: 'slot_1' }, { id: `msg_${taken}` }) });
    taken += 1;
  }
} catch {
  process.stdout.write(String(taken), () => process.exit(0));
}
