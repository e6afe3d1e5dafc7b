import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '@vss/runtime';
import { Access, answer, batchById, ConnectionArgs, nestedPage, stub, type Page, type Scope } from '@vss/graphql';
import { CallStub, UserStub } from '../stubs.js';
import { Lead, leadsWithin } from '../leads/index.js';
import { Note, NoteConnection } from './note.entity.js';
import { NoteCreateInput, NotePayload, NoteUpdateInput } from './note.inputs.js';
import { callsWithin } from './note.queries.js';
import { notesToRead } from './note.rules.js';
import type { NoteService } from './note.service.js';

@Resolver(() => Note)
export class NoteResolver {
  constructor(private readonly service: NoteService) {}

  @Access('notes:read')
  @Query(() => Note, { description: 'One note that the actor may see; any other is NOT_FOUND.' })
  async note(@Arg('id', () => ID, { description: 'Id of the note.' }) id: string, @Ctx() scope: Scope): Promise<Note> {
    const note = await this.service.find(scope, id);
    if (!note) throw new AppError('NOT_FOUND', `There is no note ${id}`);
    return note;
  }

  @Access('notes:create')
  @Mutation(() => NotePayload, { description: 'Writes a note on a call, a lead, or both.' })
  noteCreate(@Arg('input', () => NoteCreateInput, { description: 'The new note.' }) input: NoteCreateInput, @Ctx() scope: Scope): Promise<Partial<NotePayload>> {
    return answer(async () => ({ note: await this.service.create(scope, input) }));
  }

  @Access('notes:update')
  @Mutation(() => NotePayload, { description: 'Changes a note that the actor wrote; what it said before is kept.' })
  noteUpdate(@Arg('input', () => NoteUpdateInput, { description: 'The new text.' }) input: NoteUpdateInput, @Ctx() scope: Scope): Promise<Partial<NotePayload>> {
    return answer(async () => ({ note: await this.service.update(scope, input) }));
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'Who wrote it.' })
  author(@Root() note: Note): UserStub {
    return stub(UserStub, note.authorId);
  }

  @FieldResolver(() => CallStub, { nullable: true, description: 'The call that it is about, if any.' })
  call(@Root() note: Note): CallStub | null {
    return note.callId ? stub(CallStub, note.callId) : null;
  }

  @Access('leads:read')
  @FieldResolver(() => Lead, { nullable: true, description: 'The lead that it hangs on; null where there is none, or none that the actor may see.' })
  async lead(@Root() note: Note, @Ctx() scope: Scope): Promise<Lead | null> {
    return note.leadId ? batchById<Lead>(scope, Lead, leadsWithin(scope.actor, 'leads:read'))(note.leadId) : null;
  }
}

@Resolver(() => Lead)
export class LeadNotesResolver {
  // Who sees a lead sees what was written about it: no condition but the lead itself.
  @Access('notes:read')
  @FieldResolver(() => NoteConnection, { description: 'What was written about the lead and its calls, newest first.' })
  notes(@Root() lead: Lead, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Note>> {
    return nestedPage(scope, Note, 'leadId', lead.id, { args });
  }
}

/** What crm adds to the calls of telephony. */
@Resolver(() => CallStub)
export class CallNotesResolver {
  @Access('notes:read')
  @FieldResolver(() => NoteConnection, { nullable: true, description: 'What was written about the call, as far as the actor may see it; newest first.' })
  async notes(@Root() call: CallStub, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Note>> {
    return (await mayReadNotesOf(scope, call.id)) ? nestedPage(scope, Note, 'callId', call.id, { args }) : NO_NOTES;
  }
}

/** A call that has only just begun may be unknown here: it has no notes yet, so that is no failure. */
const NO_NOTES: Page<Note> = {
  nodes: [],
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  totalCount: async () => 0,
};

async function mayReadNotesOf({ em, actor, batch }: Scope, callId: string): Promise<boolean> {
  const reach = notesToRead(actor);
  if (reach === 'CENTER') return true;
  const visible = await batch.load(`calls with notes ${reach}`, callId, async (ids) => new Map((await callsWithin(em, actor, reach, ids)).map(({ id }) => [id, true])));
  return visible ?? false;
}
