import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access, assertMayExport, JsonScalar, personRecords, type PersonRecords, type Scope } from '@vss/graphql';
import { Lead } from '../leads/index.js';
import { Note } from '../notes/index.js';
import { UserStub } from '../stubs.js';

/** What crm adds to what is handed out about a person. His leads by their ids alone: what they hold is about others. */
@Resolver(() => UserStub)
export class PersonDataResolver {
  @Access('authenticated')
  @FieldResolver(() => JsonScalar, { nullable: true, description: 'For a `personDataExport`, to oneself and to holders of `users:export`. Kept in crm: `notes` that he wrote and `leads` that are his, each with `total` and the `newest` thousand.' })
  async crmRecords(@Root() { id: userId }: UserStub, @Ctx() scope: Scope): Promise<Readonly<Record<string, PersonRecords>>> {
    assertMayExport(scope, userId);
    const { em } = scope;
    return {
      notes: await personRecords(em, Note, { where: { authorId: userId }, orderBy: { createdAt: 'desc' }, toRecord: ({ id, text, createdAt, updatedAt }) => ({ id, text, createdAt, updatedAt }) }),
      leads: await personRecords(em, Lead, {
        where: { $or: [{ assignedSellerId: userId }, { assignedOperatorId: userId }] },
        orderBy: { createdAt: 'desc' },
        toRecord: ({ id, createdAt }) => ({ id, createdAt }),
      }),
    };
  }
}
