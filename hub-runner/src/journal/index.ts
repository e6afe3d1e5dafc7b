export { openJournal, type Journal } from './journal.js';
export type { CommandEntry, CommandResult, JournalRecord, JournalState, OpenCall, Origin, SlotEntry } from './state.js';
