import type { StateStore } from '../../src/state/state-store.ts';

/** A state store in memory, which survives whoever uses it; documents pass through JSON as through a file. */
export function memoryState(): StateStore & { readonly documents: Map<string, string> } {
  const documents = new Map<string, string>();
  return {
    documents,
    read: (name) => {
      const text = documents.get(name);
      const document: unknown = text === undefined ? undefined : JSON.parse(text);
      return document;
    },
    write: (name, document) => {
      documents.set(name, JSON.stringify(document));
      return Promise.resolve();
    },
  };
}
