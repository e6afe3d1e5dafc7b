import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Grant as GrantShape } from '@vss/auth';
import { Access } from '@vss/graphql';

// Reached through Role.grants alone, which decides.
@Access('authenticated')
@ObjectType({ description: 'One line of a role: what it allows or denies, and how far that reaches.', simpleResolvers: true })
export class Grant {
  @Field(() => String, { description: 'What it is about, e.g. `calls`; `*` for everything.' })
  resource: string;

  @Field(() => [String], { description: 'What may be done with it, e.g. `read`; `*` for everything.' })
  actions: string[];

  @Field(() => String, { description: 'How far it reaches: OWN, ASSIGNED, TEAM, CENTER or ALL rows.' })
  scope: string;

  @Field(() => String, { description: 'ALLOW or DENY. A denial wins over every allowance.' })
  effect: string;
}

@Directive('@key(fields: "id")')
@Access('directory:read')
@ObjectType({ description: 'A named set of grants; every user has one.', simpleResolvers: true })
@Entity({ tableName: 'role' })
export class Role {
  @Field(() => ID, { description: 'Id of the role, `role_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Field(() => String, { description: 'Name by which the role is given to users, e.g. `operator`.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => String, { description: 'What the role is for.' })
  @Property({ type: 'text' })
  description: string;

  @Property({ type: 'jsonb' })
  grants: GrantShape[];

  @Access('authenticated')
  @Field(() => Int, { description: 'Grows with every change of the grants; access tokens carry it.' })
  @Property({ type: 'integer' })
  permissionVersion: number;

  /** Seeded by the platform. */
  @Property({ type: 'boolean' })
  system: boolean;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Property({ type: 'timestamptz' })
  updatedAt: Date;
}
