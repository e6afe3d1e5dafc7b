import { sharePostgres } from '@vss/testing';

/** One PostgreSQL for all test files of a run; what is returned ends it. */
export default (): Promise<() => Promise<void>> => sharePostgres();
