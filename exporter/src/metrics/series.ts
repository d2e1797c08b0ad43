import type { Family, Labels } from './family.ts';

/** Index of a series inside its store; valid until the series is removed. */
export type Slot = number;

/**
 * Column store of one per-device gauge family: the text before the value is rendered once when a series
 * is added, values live in a Float64Array, removed slots are used again. It exists because a registry of
 * objects blocks the event loop for a second at 100,000 series (docs/performance.md).
 */
export interface SeriesStore<L extends string = string> {
  readonly family: Family<L>;
  /** Number of live series. */
  readonly size: number;
  /** Adds a series with value NaN, which is not exposed until the first `set`. Labels must be unique: the owner's duty. */
  add(labels: Labels<L>): Slot;
  set(slot: Slot, value: number): void;
  get(slot: Slot): number;
  remove(slot: Slot): void;
  clear(): void;
  /**
   * The samples as exposition text in pieces of bounded size, without HELP and TYPE; text 0.0.4 and
   * OpenMetrics write gauges alike. A removed or added series while iterating may or may not appear, but
   * no line is ever torn.
   */
  chunks(): IterableIterator<Uint8Array>;
}
