import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

/** New values of query parameters; null takes one out, true writes its bare name. */
export type QueryChanges = Readonly<Record<string, string | true | null>>;

/** The query with the changes, without a leading question mark. */
export function changedQuery(search: string, changes: QueryChanges): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value === true ? '' : value);
  }
  // Grafana reads a bare `kiosk` as true and `kiosk=` as an empty text.
  return query.toString().replace(/=(?=&|$)/g, '');
}

export interface UrlQuery {
  readonly query: URLSearchParams;
  /** Writes changes into the address. Typing replaces the entry of the history, a choice may add one. */
  readonly change: (changes: QueryChanges, options?: { readonly push?: boolean }) => void;
}

/** The query of the page's address as its state: reload, back button and a copied link show the same. */
export function useUrlQuery(): UrlQuery {
  const location = useLocation();
  const { pathname, search } = location;
  const navigate = useNavigate();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  // What was written already, also where the page has not been drawn with it yet: a second change keeps the first.
  const written = useRef(search);
  useLayoutEffect(() => {
    written.current = location.search;
  }, [location]);
  const change = useCallback<UrlQuery['change']>(
    (changes, options) => {
      const next = changedQuery(written.current, changes);
      written.current = next === '' ? '' : `?${next}`;
      navigate({ pathname, search: written.current }, { replace: options?.push !== true });
    },
    [navigate, pathname],
  );
  return useMemo(() => ({ query, change }), [query, change]);
}
