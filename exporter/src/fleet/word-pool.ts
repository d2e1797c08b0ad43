/** Keeps one copy of texts that many devices share: a type, a maker, a place. */
export interface WordPool {
  /** The first text that was equal to this one, while the pool remembers it. */
  one(text: string): string;
}

/** A pool of at most `limit` words; when it is full it starts anew, and what was handed out stays valid. */
export function createWordPool(limit: number): WordPool {
  const words = new Map<string, string>();
  return {
    one: (text) => {
      const known = words.get(text);
      if (known !== undefined) return known;
      if (words.size >= limit) words.clear();
      words.set(text, text);
      return text;
    },
  };
}
