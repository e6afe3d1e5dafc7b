import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { AddNoteDocument, type NoteItemFragment } from '../generated/operations.js';
import { dateOf } from '../format.js';
import { useOnce } from './hooks.js';
import { Refusals } from './refusals.js';

const LONGEST_NOTE = 10_000;

/** Writes a note on a call or on a lead. */
export function NoteForm({ callId, leadId, onWritten }: { callId?: string; leadId?: string; onWritten: () => void }): ReactNode {
  const [{ data, error, fetching }, addNote] = useOnce(AddNoteDocument);
  const [text, setText] = useState('');
  const field = useId();
  const write = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const written = await addNote({ callId: callId ?? null, leadId: leadId ?? null, text });
    if (!written?.noteCreate.note) return;
    setText('');
    onWritten();
  };
  return (
    <form className="stack" onSubmit={(event) => void write(event)}>
      <label htmlFor={field}>Note</label>
      <textarea id={field} name="note" rows={3} maxLength={LONGEST_NOTE} value={text} required onChange={(event) => setText(event.target.value)} />
      <div className="row">
        <button type="submit" disabled={fetching || text.trim() === ''}>
          Save note
        </button>
        {data?.noteCreate.note && text === '' && <span role="status">Saved</span>}
      </div>
      <Refusals refusals={data?.noteCreate.userErrors} error={error} />
    </form>
  );
}

export function NoteList({ notes }: { notes: readonly NoteItemFragment[] }): ReactNode {
  if (notes.length === 0) return <p className="empty">No notes yet</p>;
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
