export { Note, NoteConnection, NoteEdge, NoteRevision } from './note.entity.js';
export { NotePayload } from './note.inputs.js';
export { CallNotesResolver, LeadNotesResolver, NoteResolver } from './note.resolver.js';
export { createNoteService, type NoteService } from './note.service.js';
