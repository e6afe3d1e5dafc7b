import { useState, type ReactNode } from 'react';

export interface Pager {
  /** Where the page begins; null for the first. */
  after: string | null;
  number: number;
  older(cursor: string): void;
  newer(): void;
}

/** Goes through a long list page by page. `list` names the list: another filter begins with its first page. */
export function usePager(list: string): Pager {
  const [place, setPlace] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] });
  const cursors = place.list === list ? place.cursors : [];
  return {
    after: cursors.at(-1) ?? null,
    number: cursors.length + 1,
    older: (cursor) => setPlace({ list, cursors: [...cursors, cursor] }),
    newer: () => setPlace({ list, cursors: cursors.slice(0, -1) }),
  };
}

export function PagerButtons({ pager, pageInfo }: { pager: Pager; pageInfo: { hasNextPage: boolean; endCursor?: string | null } | undefined }): ReactNode {
  const next = pageInfo?.hasNextPage ? pageInfo.endCursor : undefined;
  if (pager.number === 1 && !next) return null;
  return (
    <div className="pager" role="group" aria-label="Pages of the list">
      <button type="button" disabled={pager.number === 1} onClick={() => pager.newer()}>
        ‹ Back
      </button>
      <small>Page {pager.number}</small>
      <button type="button" disabled={!next} onClick={() => next && pager.older(next)}>
        More ›
      </button>
    </div>
  );
}
