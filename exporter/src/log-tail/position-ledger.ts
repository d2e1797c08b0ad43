import { z } from 'zod';
import { type FileIdentity, identityKey } from './file-identity.ts';
import { NO_ANCHOR, type Position } from './position.ts';

/** How long the position of a file that is gone is kept, milliseconds: a network folder may come back. */
const KEEP_UNSEEN = 24 * 60 * 60 * 1000;

const anchorSchema = z.object({ length: z.int().min(0).max(4096), sha256: z.string() });
const entrySchema = z.object({
  path: z.string(),
  device: z.string(),
  inode: z.string(),
  offset: z.int().nonnegative(),
  skipping: z.boolean(),
  anchor: anchorSchema,
  // Both are absent in what an older exporter wrote.
  head: anchorSchema.default(NO_ANCHOR),
  generation: z.int().nonnegative().default(0),
  seen: z.number(),
});
const documentSchema = z.object({
  version: z.literal(1),
  patterns: z.array(z.string()),
  files: z.array(entrySchema),
});

/** An entry that was kept as JSON; undefined when it cannot be used. */
export function parseLedgerEntry(stored: unknown): LedgerEntry | undefined {
  return entrySchema.safeParse(stored).data;
}

/** A file with its position; `seen` is when a pattern last matched it, milliseconds since the epoch. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/** The document of the state store. */
export type LedgerDocument = z.infer<typeof documentSchema>;

/** The positions of all files, and the patterns whose files were looked at once. */
export interface PositionLedger {
  find(identity: FileIdentity): LedgerEntry | undefined;
  set(identity: FileIdentity, path: string, position: Position, now: number): void;
  /** Notes that a file is still there. */
  touch(identity: FileIdentity, now: number): void;
  /** True when the files that existed as the pattern was first used had their turn. */
  knows(pattern: string): boolean;
  learn(pattern: string): void;
  entries(): readonly LedgerEntry[];
  /** True once after positions or patterns changed. */
  takeChanged(): boolean;
  document(now: number): LedgerDocument;
}

/**
 * A ledger that begins with a stored document; an unusable one counts as none, as do patterns no longer in use.
 * `committed` are entries that were kept elsewhere, together with what was read: they are newer.
 */
export function createPositionLedger(
  stored: unknown,
  patternsInUse: readonly string[],
  committed: readonly LedgerEntry[] = [],
): PositionLedger {
  const parsed = documentSchema.safeParse(stored);
  const files = new Map<string, LedgerEntry>();
  const patterns = new Set<string>();
  let changed = false;
  if (parsed.success) {
    for (const entry of parsed.data.files) files.set(identityKey(entry), entry);
    for (const pattern of parsed.data.patterns) if (patternsInUse.includes(pattern)) patterns.add(pattern);
  }
  for (const entry of committed) files.set(identityKey(entry), entry);

  return {
    find: (identity) => files.get(identityKey(identity)),
    set: (identity, path, position, now) => {
      const { device, inode } = identity;
      const { offset, skipping, anchor, head, generation } = position;
      const entry = { path, device, inode, offset, skipping, anchor, head, generation, seen: now };
      files.set(identityKey(identity), entry);
      changed = true;
    },
    touch: (identity, now) => {
      const entry = files.get(identityKey(identity));
      if (entry !== undefined) entry.seen = now;
    },
    knows: (pattern) => patterns.has(pattern),
    learn: (pattern) => {
      if (!patterns.has(pattern)) changed = true;
      patterns.add(pattern);
    },
    entries: () => [...files.values()],
    takeChanged: () => {
      const before = changed;
      changed = false;
      return before;
    },
    document: (now) => {
      for (const [key, entry] of files) if (now - entry.seen > KEEP_UNSEEN) files.delete(key);
      return { version: 1, patterns: [...patterns], files: [...files.values()] };
    },
  };
}
