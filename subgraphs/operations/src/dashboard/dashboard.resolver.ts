import { Ctx, Query, Resolver } from 'type-graphql';
import { Access, type Scope } from '@vss/graphql';
import { countDashboard } from './dashboard.service.js';
import { Dashboard } from './dashboard.types.js';

@Resolver(() => Dashboard)
export class DashboardResolver {
  @Access('dashboard:read')
  @Query(() => Dashboard, { description: 'Figures at a glance, of what the actor may read.' })
  dashboard(@Ctx() scope: Scope): Promise<Dashboard> {
    return countDashboard(scope);
  }
}
