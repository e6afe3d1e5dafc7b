import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { isAllowed, type Actor } from '@vss/auth';
import type { Cache } from '../../cache/cache.js';
import { createBoundedCache } from '../../common/bounded-cache.js';
import type { Manifest } from './manifest.js';

/**
 * - `off`: every document comes with its text.
 * - `apq`: a client may send a document's hash, and its text when the hash is not known yet (automatic persisted queries).
 * - `safelist`: the documents of the manifest, and others only for who has the right `documents:open`.
 */
export type PersistedMode = 'off' | 'apq' | 'safelist';

/** What a request says of its document. */
export interface DocumentRequest {
  readonly query?: string | null | undefined;
  /** The id of a known document, as GraphQL over HTTP proposes it: `sha256:…`, or one of the manifest. */
  readonly documentId?: string | null | undefined;
  /** May hold Apollo's `persistedQuery: { version: 1, sha256Hash }`. */
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface FoundDocument {
  readonly query: string;
  /** Anybody may run it: it is in the manifest, or there is none to be in. */
  readonly isTrusted: boolean;
  /** To be called when it proved valid: from then on its hash is enough. */
  readonly keep?: () => void;
}

type Refused = { readonly errors: readonly GraphQLError[] };

export interface PersistedDocuments {
  /** The text of what is asked for, or why it is not to be had. At once where this process knows it. */
  find(request: DocumentRequest, actor: Actor): FoundDocument | Refused | Promise<FoundDocument | Refused>;
  /** Whether he may run documents that are not in the manifest. */
  mayRunOpen(actor: Actor): boolean;
}

/** The right to run any document, where others may run those of the manifest alone. */
export const OPEN_DOCUMENTS = 'documents:open';
const KEPT_CHARACTERS = 8_000_000;
const KEPT_MS = 24 * 60 * 60_000;

/** Whether a request that has no text names a document in another way. */
export const namesDocument = ({ documentId, extensions }: DocumentRequest): boolean => Boolean(documentId) || isObject(extensions?.['persistedQuery']);

export function createPersistedDocuments({ mode, manifest, cache }: { mode: PersistedMode; manifest: Manifest; cache: Cache }): PersistedDocuments {
  const registered = createBoundedCache<string, string>(KEPT_CHARACTERS);
  const trusted = new Set(manifest.values());
  const mayRunOpen = (actor: Actor): boolean => mode !== 'safelist' || isAllowed(actor, OPEN_DOCUMENTS);
  const keyOf = (hash: string): string => `document:${hash}`;

  function keep(hash: string, query: string): void {
    registered.set(hash, query, query.length);
    void cache.set(keyOf(hash), query, KEPT_MS);
  }

  function byText(query: string, hash: string | undefined, actor: Actor): FoundDocument | Refused {
    if (hash && createHash('sha256').update(query).digest('hex') !== hash) return refuse('BAD_REQUEST', 'The hash in extensions.persistedQuery is not that of the query');
    const isTrusted = mode !== 'safelist' || trusted.has(query);
    if (!isTrusted && !mayRunOpen(actor)) return refuse('DOCUMENT_NOT_ALLOWED', 'Only known documents may be run with your token: this one is not among them');
    return hash && mode !== 'off' && !trusted.has(query) ? { query, isTrusted, keep: () => keep(hash, query) } : { query, isTrusted };
  }

  async function fromCache(hash: string): Promise<FoundDocument | Refused> {
    const query = await cache.get(keyOf(hash));
    if (query === undefined) return unknown();
    registered.set(hash, query, query.length);
    return { query, isTrusted: mode !== 'safelist' };
  }

  function byId(id: string, actor: Actor): FoundDocument | Refused | Promise<FoundDocument | Refused> {
    const known = manifest.get(id);
    if (known !== undefined) return { query: known, isTrusted: true };
    if (mode === 'off') return refuse('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
    if (!mayRunOpen(actor)) return refuse('DOCUMENT_NOT_ALLOWED', 'Only known documents may be run with your token: there is none with this id');
    const query = registered.get(id);
    if (query !== undefined) return { query, isTrusted: mode !== 'safelist' };
    return isHash(id) ? fromCache(id) : unknown();
  }

  return {
    mayRunOpen,
    find({ query, documentId, extensions }, actor) {
      const persisted = extensions?.['persistedQuery'];
      if (!documentId && !isObject(persisted)) return byText(query ?? '', undefined, actor);
      const hash = isObject(persisted) ? persisted['sha256Hash'] : undefined;
      if (isObject(persisted) && (persisted['version'] !== 1 || typeof hash !== 'string')) return refuse('BAD_REQUEST', 'extensions.persistedQuery must be { version: 1, sha256Hash }');
      if (query) return byText(query, typeof hash === 'string' ? hash : undefined, actor);
      const id = documentId || String(hash);
      return byId(manifest.has(id) ? id : id.replace(/^sha256:/, ''), actor);
    },
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isHash = (id: string): boolean => /^[0-9a-f]{64}$/.test(id);

const refuse = (code: string, message: string): Refused => ({ errors: [new GraphQLError(message, { extensions: { code } })] });
/** In the words that Apollo's clients look for: they send the text along the next time. */
const unknown = (): Refused => refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
