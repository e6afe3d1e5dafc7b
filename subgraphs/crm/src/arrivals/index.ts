export { createArrivals, type Arrivals } from './arrivals.js';
export { mayStillArrive } from './arrival.rules.js';
