import type { Platform } from '../platform/platform.ts';

/** What the routes work with. */
export interface ApiContext {
  readonly platform: Platform;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves when what was changed can be read in the database. */
  readonly flush: () => Promise<void>;
  readonly services: () => { readonly database: string; readonly redis: string };
}
