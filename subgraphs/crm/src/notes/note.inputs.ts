import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Length } from 'class-validator';
import { Access, type UserErrorView } from '@vss/graphql';
import { CrmUserError } from '../errors.js';
import { Note } from './note.entity.js';

@InputType({ description: 'A new note on a call, a lead, or both.' })
export class NoteCreateInput {
  @Field(() => ID, { nullable: true, description: 'The call that it is about; the note then hangs on the call\'s lead too.' })
  callId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The lead that it is about.' })
  leadId?: string | null;

  @Field(() => String, { description: 'The text, 1 to 10,000 characters.' })
  text: string;

  @Length(1, 200)
  @Field(() => String, { nullable: true, description: 'Of the client’s own making, 1 to 200 characters. Sent again with the same key, the same note is answered and no second one made.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A new text for a note.' })
export class NoteUpdateInput {
  @Field(() => ID, { description: 'Which note.' })
  id: string;

  @Field(() => Int, { description: 'The version that the change is based on.' })
  expectedVersion: number;

  @Field(() => String, { description: 'The new text, 1 to 10,000 characters. The old one is kept.' })
  text: string;
}

@Access('notes:read')
@ObjectType({ description: 'Answer to writing a note.', simpleResolvers: true })
export class NotePayload {
  @Field(() => Note, { nullable: true, description: 'The note as it is now; null when the request was refused.' })
  note?: Note | null;

  @Field(() => [CrmUserError], { description: 'What to put right; empty when all went well.' })
  userErrors: UserErrorView[];
}
