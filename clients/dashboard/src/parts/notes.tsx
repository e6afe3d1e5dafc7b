import { useState, type FormEvent, type ReactNode } from 'react';
import { useMutation } from 'urql';
import { AddNoteDocument, type NoteItemFragment } from '../generated/operations.js';
import { dateOf } from '../format.js';
import { Refusals } from './refusals.js';

/** Writes a note on a call or on a lead. */
export function NoteForm({ callId, leadId, onWritten }: { callId?: string; leadId?: string; onWritten?: () => void }): ReactNode {
  const [{ data, error, fetching }, addNote] = useMutation(AddNoteDocument);
  const [text, setText] = useState('');
  const write = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const result = await addNote({ input: { callId: callId ?? null, leadId: leadId ?? null, text, idempotencyKey: crypto.randomUUID() } });
    if (!result.data?.noteCreate.note) return;
    setText('');
    onWritten?.();
  };
  return (
    <form className="stack" onSubmit={(event) => void write(event)}>
      <label>
        Note
        <textarea name="note" rows={3} value={text} required onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" disabled={fetching || text.trim() === ''}>
        Save note
      </button>
      {data?.noteCreate.note && <p role="status">Saved</p>}
      <Refusals refusals={data?.noteCreate.userErrors} error={error} />
    </form>
  );
}

export function NoteList({ notes }: { notes: readonly NoteItemFragment[] }): ReactNode {
  return (
    <ul className="notes">
      {notes.map((note) => (
        <li key={note.id}>
          <p>{note.text}</p>
          <small>
            {note.author?.displayName} · {dateOf(note.createdAt)}
          </small>
        </li>
      ))}
    </ul>
  );
}
