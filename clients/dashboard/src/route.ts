import { useSyncExternalStore, type MouseEvent } from 'react';

const MOVED = 'vss:moved';

function follow(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(MOVED, listener);
  };
}

/** `/calls/call_…` → page `calls`, item `call_…`. In the address, so that reload and the back button keep the place. */
export function useRoute(): { page: string; item: string | undefined } {
  const [, page = '', item] = useSyncExternalStore(follow, () => location.pathname).split('/');
  return { page, item: item ? decodeURIComponent(item) : undefined };
}

export const pathOf = (page: string, item?: string): string => (item ? `/${page}/${encodeURIComponent(item)}` : `/${page}`);

export function go(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, '', path);
  dispatchEvent(new Event(MOVED));
}

/** For links: a plain click stays on the page, with a key pressed the browser does what it always does. */
export const linkTo = (path: string) => ({
  href: path,
  onClick: (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(path);
  },
});
