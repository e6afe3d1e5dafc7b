import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access, assertMayExport, JsonScalar, personRecords, type PersonRecords, type Scope } from '@vss/graphql';
import { UserStub } from '../stubs.js';
import { Call } from './call.entity.js';

/** What telephony adds to what is handed out about a person. Not the number of who was called: that is about somebody else. */
@Resolver(() => UserStub)
export class PersonDataResolver {
  @Access('authenticated')
  @FieldResolver(() => JsonScalar, { nullable: true, description: 'For a `personDataExport`, to oneself and to holders of `users:export`. Kept in telephony: `calls` that he made, with `total` and the `newest` thousand.' })
  async telephonyRecords(@Root() { id: userId }: UserStub, @Ctx() scope: Scope): Promise<Readonly<Record<string, PersonRecords>>> {
    assertMayExport(scope, userId);
    return {
      calls: await personRecords(scope.em, Call, {
        where: { operatorId: userId },
        orderBy: { startedAt: 'desc' },
        toRecord: ({ id, direction, outcome, startedAt, answeredAt, endedAt }) => ({ id, direction, outcome, startedAt, answeredAt, endedAt }),
      }),
    };
  }
}
