import { crc32 } from 'node:zlib';
import { StartError } from '@vss/runtime';
import { apply, emptyState, journalLine, type JournalRecord, type JournalState } from './state.js';

/** `<crc32 of the JSON, 8 hex digits> <JSON array of records>\n` */
export function formatLine(records: readonly JournalRecord[]): string {
  const json = JSON.stringify(records);
  return `${checksum(json)} ${json}\n`;
}

/**
 * Reads a whole journal. A last line that was torn by a crash was never acted upon, so it is left out; damage
 * anywhere else means that something is unknown, and a runner that does not know must not dial.
 */
export function parseJournal(text: string): JournalState {
  const state = emptyState();
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    // What follows the last line feed is nothing, or a line that was not finished.
    if (index === lines.length - 1) break;
    const records = parseLine(line);
    if (records) for (const record of records) apply(state, record);
    else if (index < lines.length - 2 || lines.at(-1) !== '') throw new StartError(`line ${index + 1} is damaged`);
  }
  return state;
}

function parseLine(line: string): JournalRecord[] | undefined {
  const json = line.slice(9);
  if (line.slice(0, 9) !== `${checksum(json)} `) return undefined;
  return journalLine.parse(JSON.parse(json));
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
