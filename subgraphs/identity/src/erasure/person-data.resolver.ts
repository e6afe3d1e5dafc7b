import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access, type Scope } from '@vss/graphql';
import { PersonDataExport } from './person-data.entity.js';
import type { PersonDataService } from './person-data.service.js';

@Resolver()
export class PersonDataExportResolver {
  constructor(private readonly personData: PersonDataService) {}

  @Access('authenticated')
  @Query(() => PersonDataExport, { description: 'Hands out the personal data of a user: one\'s own to anybody, others\' to holders of `users:export`. It is told in the audit.' })
  personDataExport(
    @Arg('userId', () => ID, { nullable: true, description: 'Id of the user; oneself when absent.' }) userId: string | null,
    @Ctx() scope: Scope,
  ): Promise<PersonDataExport> {
    return this.personData.take(scope, userId ?? scope.actor.userId);
  }
}
