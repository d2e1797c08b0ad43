import type { Loop } from './loop.ts';

/** What one exporter has to know of the others that share its store. */
export interface Sharing {
  /** Whether this exporter does what time brings: one of them does, whichever was there first. */
  isLeader(): boolean;
  /** Whether another one did when that was asked last; it is then that one who exposes what both see. */
  follows(): boolean;
  /** Keeps that up to date; undefined for an exporter whose store is its own. */
  readonly loop: Loop | undefined;
}

/** What an exporter hears of those that share its store, itself included. */
export interface SharingEvents {
  /** It leads from now on. */
  onLead(): void;
  /** One of them has written. */
  onWritten(): void;
  /** One of them said a word (`Sql.tell`), and what it is about. */
  onTold(word: string, about: string): void;
}

/** An exporter with a store of its own. */
export const ALONE: Sharing = { isLeader: () => true, follows: () => false, loop: undefined };
