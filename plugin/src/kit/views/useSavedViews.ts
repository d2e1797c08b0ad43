import { usePluginUserStorage } from '@grafana/runtime';
import { useCallback, useEffect, useState } from 'react';
import { viewKey, viewsOf, type SavedView } from './savedView';

/** The user's views of a page, and what can be done about them. */
export interface SavedViews {
  /** By name; undefined before they are known. */
  readonly views: readonly SavedView[] | undefined;
  /** Why the storage could not be used; undefined when it could. */
  readonly error: Error | undefined;
  /** Keeps the view; one of that name is replaced. */
  readonly save: (view: SavedView) => void;
  readonly remove: (name: string) => void;
}

/**
 * Views in Grafana's storage of the user, which goes with the user from browser to browser; of somebody who is not
 * signed in, and where that storage does not answer, in the browser's own.
 */
export function useSavedViews(page: string): SavedViews {
  const storage = usePluginUserStorage();
  const [views, setViews] = useState<readonly SavedView[]>();
  const [error, setError] = useState<Error>();
  const follow = useCallback(
    async (change: () => Promise<void>): Promise<void> => {
      try {
        await change();
        setViews(viewsOf(await storage.allItems(), page));
        setError(undefined);
      } catch (problem) {
        setError(problem instanceof Error ? problem : new Error('unknown', { cause: problem }));
      }
    },
    [storage, page],
  );
  useEffect(() => {
    void follow(() => Promise.resolve());
  }, [follow]);
  return {
    views,
    error,
    save: ({ name, search }) => void follow(() => storage.setItem(viewKey(page, name), search)),
    remove: (name) => void follow(() => storage.deleteItem(viewKey(page, name))),
  };
}
