import { Field, ObjectType } from 'type-graphql';
import { Access, Instant, JsonScalar } from '@vss/graphql';
import { User } from '../users/index.js';

// Reached through personDataExport alone, which decides; what other subgraphs add to the user decides for itself.
@Access('authenticated')
@ObjectType({ description: 'The personal data of a user (L-26): a document for him. What names others, their numbers, and secrets are left out.', simpleResolvers: true })
export class PersonDataExport {
  @Field(() => User, { description: 'The user. What the other subgraphs keep is in his `crmRecords`, `telephonyRecords` and `operationsRecords`.' })
  user: User;

  @Field(() => Instant, { description: 'When it was taken.' })
  takenAt: Date;

  @Field(() => JsonScalar, {
    description: 'Kept in identity: `account`, `teams`, and of `sessions`, `invitations`, `externalIdentities`, `temporaryGrants` and `audit` lines of what he did, each with `total` and the `newest` thousand.',
  })
  identity: unknown;
}
