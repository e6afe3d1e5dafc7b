export { LogEvent, LogEventConnection, LogEventEdge } from './log-event.entity.js';
export { appendEvent, forgetEvents } from './log-event.queries.js';
export { PersonDataResolver } from './person-data.resolver.js';
export { eventLog } from './personal-holdings.js';
export { LogEventResolver } from './log-event.resolver.js';
export { isNoise } from './log-event.rules.js';
