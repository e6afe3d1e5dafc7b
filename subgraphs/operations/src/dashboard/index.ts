export { DashboardResolver } from './dashboard.resolver.js';
export { forgetCalls } from './projection.queries.js';
export { projectionRoutes } from './projection.consumer.js';
export { ActivityPoint, CallStats, Dashboard, LeadStats, LeadStatusCount, OperatorStats, OutcomeCount, SlotStateCount, SlotStats } from './dashboard.types.js';
