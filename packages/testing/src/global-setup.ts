import { sharePostgres } from './database.js';

/** For vitest's `globalSetup`: one PostgreSQL for all test files of a run, started when the first of them asks. */
export default sharePostgres;
