export { personalHoldings } from './holdings.js';
export { PersonDataResolver } from './person-data.resolver.js';
