import { useCallback, useMemo, useRef, useState } from 'react';
import type { ListSelection } from '../../../features/alerts/list/AlertList';

/** The selection with those of `among` from one to the other added or taken out. */
export function withRange(
  before: ReadonlySet<string>,
  among: readonly string[],
  from: string | undefined,
  to: string,
  checked: boolean,
): ReadonlySet<string> {
  const end = among.indexOf(to);
  const begin = from === undefined ? end : among.indexOf(from);
  const keys = begin < 0 ? [to] : among.slice(Math.min(begin, end), Math.max(begin, end) + 1);
  const after = new Set(before);
  for (const key of keys) {
    if (checked) after.add(key);
    else after.delete(key);
  }
  return after;
}

/** Which alerts are selected; with Shift from the one that was clicked last. */
export function useSelection(): ListSelection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const select = useCallback<ListSelection['select']>((fingerprint, checked, range, among) => {
    const from = range ? last.current : undefined;
    last.current = fingerprint;
    setSelected((before) => withRange(before, among, from, fingerprint, checked));
  }, []);
  const selectMany = useCallback<ListSelection['selectMany']>((fingerprints, checked) => {
    setSelected((before) => {
      const after = new Set(before);
      for (const key of fingerprints) {
        if (checked) after.add(key);
        else after.delete(key);
      }
      return after;
    });
  }, []);
  return useMemo(() => ({ selected, select, selectMany }), [selected, select, selectMany]);
}
