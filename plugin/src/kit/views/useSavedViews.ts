import { usePluginUserStorage } from '@grafana/runtime';
import { useEffect, useState } from 'react';
import { readViews, viewsKey, viewsText, type SavedView } from './savedView';

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
  // Grafana 12.3 makes a new one at each rendering: nothing that runs by itself may depend on it. A change takes the
  // newest, which has not read yet, so that what another window saved meanwhile is kept.
  const storage = usePluginUserStorage();
  const [first] = useState(storage);
  const [views, setViews] = useState<readonly SavedView[]>();
  const [error, setError] = useState<Error>();
  const fail = (problem: unknown): void =>
    setError(problem instanceof Error ? problem : new Error('unknown', { cause: problem }));
  useEffect(() => {
    first
      .getItem(viewsKey(page))
      .then((text) => setViews(readViews(text)))
      .catch(fail);
  }, [first, page]);
  const change = async (name: string, added: readonly SavedView[]): Promise<void> => {
    try {
      const others = readViews(await storage.getItem(viewsKey(page))).filter((view) => view.name !== name);
      const text = viewsText([...others, ...added]);
      await storage.setItem(viewsKey(page), text);
      setViews(readViews(text));
      setError(undefined);
    } catch (problem) {
      fail(problem);
    }
  };
  return {
    views,
    error,
    save: (view) => void change(view.name, [view]),
    remove: (name) => void change(name, []),
  };
}
