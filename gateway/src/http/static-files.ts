import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

export type StaticFiles = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const OWN_FILES_ONLY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** GraphiQL has its fonts in its style sheet, and its dialogs write style elements. Scripts are our own files only. */
export const GRAPHIQL_POLICY = `${OWN_FILES_ONLY}; font-src 'self' data:; style-src 'self' 'unsafe-inline'`;

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** A built web app's files. An address without a file is a page of the app, which routes by itself. */
export function createStaticFiles(folder: string | undefined, policy = OWN_FILES_ONLY): StaticFiles {
  if (!folder || !existsSync(folder)) return (_request, _response, next) => next();
  return sirv(folder, {
    single: true,
    etag: true,
    setHeaders(response, path) {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      response.setHeader('content-security-policy', policy);
      // The build names assets by their content; the page itself must be asked for again.
      response.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
