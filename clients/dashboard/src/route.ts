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

export interface Route {
  page: string;
  item: string | undefined;
  /** What stands behind `#`. It never leaves the browser: the place for what servers need not know. */
  fragment: string;
}

/** `/calls/call_…` → page `calls`, item `call_…`. In the address, so that reload and the back button keep the place. */
export function useRoute(): Route {
  const address = useSyncExternalStore(follow, () => location.pathname + location.hash);
  const [path = '', fragment = ''] = splitOnce(address, '#');
  const [, page = '', item] = path.split('/');
  return { page, item: item ? decodeURIComponent(item) : undefined, fragment: decodeURIComponent(fragment) };
}

const splitOnce = (text: string, sign: string): string[] => {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

export const pathOf = (page: string, item?: string, fragment?: string): string =>
  `/${page}${item ? `/${encodeURIComponent(item)}` : ''}${fragment ? `#${encodeURIComponent(fragment)}` : ''}`;

export function go(path: string): void {
  if (path === location.pathname + location.search + location.hash) return;
  history.pushState(null, '', path);
  dispatchEvent(new Event(MOVED));
}

/** As `go`, with the present address forgotten: it held what is good once. */
export function replace(path: string): void {
  history.replaceState(null, '', path);
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
