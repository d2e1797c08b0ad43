import { useCallback, useMemo } from 'react';
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
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const change = useCallback<UrlQuery['change']>(
    (changes, options) => {
      const next = changedQuery(search, changes);
      navigate({ pathname, search: next === '' ? '' : `?${next}` }, { replace: options?.push !== true });
    },
    [navigate, pathname, search],
  );
  return useMemo(() => ({ query, change }), [query, change]);
}
