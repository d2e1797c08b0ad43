import { useState } from 'react';

/** The list of the render before as long as the texts are the same: what depends on it does not begin anew. */
export function useSameList(list: readonly string[]): readonly string[] {
  const [known, setKnown] = useState(list);
  const same = known.length === list.length && known.every((text, index) => text === list[index]);
  if (same) return known;
  setKnown(list);
  return list;
}
