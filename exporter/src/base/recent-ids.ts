/** Ids of what was met lately. */
export interface RecentIds {
  has(id: string): boolean;
  add(id: string): void;
}

/** Remembers at least the newest `least` ids, and at most twice as many. */
export function createRecentIds(least: number): RecentIds {
  let young = new Set<string>();
  let old = new Set<string>();
  return {
    has: (id) => young.has(id) || old.has(id),
    add: (id) => {
      if (young.size >= least) {
        old = young;
        young = new Set();
      }
      young.add(id);
    },
  };
}
