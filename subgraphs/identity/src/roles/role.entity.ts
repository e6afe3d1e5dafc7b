import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Grant as GrantShape } from '@vss/auth';
import { Access, Audited, Instant } from '@vss/graphql';

@Directive('@key(fields: "id")')
@Access('directory:read')
@ObjectType({ description: 'A named set of grants; every user has one. Roles belong to no center.', simpleResolvers: true })
@Audited<Role>({ plain: ['name', 'description', 'grants', 'permissionVersion', 'system', 'createdAt', 'updatedAt', 'version'] })
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

  @Access('authenticated')
  @Field(() => Boolean, { description: 'Whether every installation has it: it cannot be changed or deleted. Copy it to have another one.' })
  @Property({ type: 'boolean' })
  system: boolean;

  @Access('roles:read')
  @Field(() => Instant, { nullable: true, description: 'When it was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Access('roles:read')
  @Field(() => Instant, { nullable: true, description: 'Latest change.' })
  @Property({ type: 'timestamptz' })
  updatedAt: Date;

  // Counted by the service, not by the ORM, whose own counting knows no expected version.
  @Access('authenticated')
  @Field(() => Int, { description: 'Grows with every change: give it as `expectedVersion`.' })
  @Property({ type: 'integer' })
  version: number;
}

/** A role as it was. Stays when the role is gone. */
@Access('roles:read')
@ObjectType({ description: 'A role as one change left it.', simpleResolvers: true })
@Audited<RoleVersion>({ plain: ['roleId', 'version', 'permissionVersion', 'name', 'description', 'grants', 'at', 'actorId'] })
@Entity({ tableName: 'role_version' })
export class RoleVersion {
  @Field(() => ID, { description: 'Id of this version, `rolever_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  roleId: string;

  @Field(() => Int, { description: 'Which one: 1 for the role as it was made.' })
  @Property({ type: 'integer' })
  version: number;

  @Field(() => Int, { description: 'What access tokens of this version carried.' })
  @Property({ type: 'integer' })
  permissionVersion: number;

  @Field(() => String, { description: 'Name of the role then.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => String, { description: 'What the role was for.' })
  @Property({ type: 'text' })
  description: string;

  @Property({ type: 'jsonb' })
  grants: GrantShape[];

  @Field(() => Instant, { description: 'When it became so.' })
  @Property({ type: 'timestamptz' })
  at: Date;

  @Property({ type: 'text' })
  actorId: string;
}
