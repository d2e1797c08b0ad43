import { IntColumn } from './columns.ts';

/** Messages closer together than this are one burst: a device that sends each metric in a message of its own. */
export const BURST_MS = 1000;
/** Gaps that are remembered of a device. */
export const REMEMBERED_GAPS = 9;
/** Three times a longer gap than this is over the most that silence may take anyway (24 h). */
const LONGEST_GAP_MS = 24 * 3_600_000;

/** The last gaps between bursts of every device, in milliseconds, by row. */
export class GapTable {
  readonly #gaps = new IntColumn();
  readonly #counts = new IntColumn();
  readonly #sorted = new Int32Array(REMEMBERED_GAPS);

  /** Forgets the row's gaps. */
  reset(row: number): void {
    this.#counts.set(row, 0);
  }

  /** Remembers a gap; one inside a burst is none. */
  add(row: number, gap: number): void {
    if (!(gap >= BURST_MS)) return;
    const count = Math.max(0, this.#counts.get(row));
    this.#gaps.set(row * REMEMBERED_GAPS + (count % REMEMBERED_GAPS), Math.min(gap, LONGEST_GAP_MS));
    // Counts on to twice the ring and back to its size: the place to write stays known, the number bounded.
    this.#counts.set(row, count + 1 >= 2 * REMEMBERED_GAPS ? REMEMBERED_GAPS : count + 1);
  }

  /** Number of gaps that are known. */
  count(row: number): number {
    return Math.min(Math.max(0, this.#counts.get(row)), REMEMBERED_GAPS);
  }

  /** The median gap in milliseconds, the mean of the middle two for an even number; NaN without gaps. */
  median(row: number): number {
    const count = this.count(row);
    if (count === 0) return NaN;
    const sorted = this.#sorted;
    for (let index = 0; index < count; index += 1) {
      const gap = this.#gaps.get(row * REMEMBERED_GAPS + index);
      let place = index;
      for (; place > 0 && (sorted[place - 1] ?? 0) > gap; place -= 1) sorted[place] = sorted[place - 1] ?? 0;
      sorted[place] = gap;
    }
    const upper = sorted[count >> 1] ?? 0;
    return count % 2 === 1 ? upper : ((sorted[(count >> 1) - 1] ?? 0) + upper) / 2;
  }

  /** Gives row `to` the gaps of row `from`. */
  copy(from: number, to: number): void {
    for (let index = 0; index < REMEMBERED_GAPS; index += 1) {
      this.#gaps.set(to * REMEMBERED_GAPS + index, this.#gaps.get(from * REMEMBERED_GAPS + index));
    }
    this.#counts.set(to, Math.max(0, this.#counts.get(from)));
  }
}
