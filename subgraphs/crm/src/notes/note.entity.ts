import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, connectionOf, Instant } from '@vss/graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What somebody wrote down about a call, a lead, or both.', simpleResolvers: true })
@Access('notes:read')
@Audited<Note>({ plain: ['centerId', 'authorId', 'callId', 'leadId', 'createdAt', 'updatedAt', 'version'], personal: ['text'] })
@Entity({ tableName: 'note' })
export class Note {
  @Field(() => ID, { description: 'Id of the note.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'The text, 1 to 10,000 characters.' })
  @Property({ type: 'text' })
  text: string;

  @Property({ type: 'text' })
  authorId: string;

  @Property({ type: 'text', nullable: true })
  callId: string | null;

  /** Follows the call's lead: set when the call is linked, also after the note was written. */
  @Property({ type: 'text', nullable: true })
  leadId: string | null;

  @Field(() => Instant, { description: 'When the note was written.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { description: 'When the note was last changed.' })
  @Property({ type: 'timestamptz' })
  updatedAt: Date;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion` of an update.' })
  @Property({ type: 'integer' })
  version: number;
}

/** What a note said before a change. */
@Audited<NoteRevision>({ plain: ['replacedBy', 'replacedAt'], personal: ['text'] })
@Entity({ tableName: 'note_revision' })
export class NoteRevision {
  @PrimaryKey({ type: 'text' })
  noteId: string;

  @PrimaryKey({ type: 'integer' })
  version: number;

  @Property({ type: 'text' })
  text: string;

  @Property({ type: 'text' })
  replacedBy: string;

  @Property({ type: 'timestamptz' })
  replacedAt: Date;
}

export const { Connection: NoteConnection, Edge: NoteEdge } = connectionOf(Note, 'Note');
