/**
 * Small documents that survive a restart, one JSON file a name below the state folder. Writing is atomic
 * (temporary file, fsync, rename): a kill at any moment leaves the old or the new document.
 */
export interface StateStore {
  /** The parsed document, or undefined when there is none or it is damaged (then it is kept aside and logged). */
  read(name: string): unknown;
  /** Resolves when the document is on disk. A full disk rejects and leaves the old one. */
  write(name: string, document: unknown): Promise<void>;
}
