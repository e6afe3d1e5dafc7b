import { describe, expect, it } from 'vitest';
import { mayBecome, type CommandStatus } from './command.rules.js';

const ALL: CommandStatus[] = ['QUEUED', 'DISPATCHED', 'STARTED', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED'];
const AFTER: Record<CommandStatus, CommandStatus[]> = {
  QUEUED: ['DISPATCHED', 'STARTED', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED'],
  DISPATCHED: ['STARTED', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED'],
  STARTED: ['SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED'],
  SUCCEEDED: [],
  FAILED: [],
  EXPIRED: ['SUCCEEDED', 'FAILED'],
  CANCELLED: [],
};

describe('life of a command', () => {
  for (const from of ALL)
    for (const to of ALL) it(`${from} → ${to}: ${AFTER[from].includes(to) ? 'yes' : 'no'}`, () => expect(mayBecome(from, to)).toBe(AFTER[from].includes(to)));
});
