import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access, assertMayExport, JsonScalar, personRecords, type PersonRecords, type Scope } from '@vss/graphql';
import { UserStub } from '../stubs.js';
import { LogEvent } from './log-event.entity.js';

/** What operations adds to what is handed out about a person. */
@Resolver(() => UserStub)
export class PersonDataResolver {
  @Access('authenticated')
  @FieldResolver(() => JsonScalar, { nullable: true, description: 'For a `personDataExport`, to oneself and to holders of `users:export`. Kept in operations: `events` of the log that are about him, with `total` and the `newest` thousand.' })
  async operationsRecords(@Root() { id: userId }: UserStub, @Ctx() scope: Scope): Promise<Readonly<Record<string, PersonRecords>>> {
    assertMayExport(scope, userId);
    return { events: await personRecords(scope.em, LogEvent, { where: { aggregateId: userId }, orderBy: { at: 'desc' }, toRecord: ({ id, type, at, summary }) => ({ id, type, at, summary }) }) };
  }
}
