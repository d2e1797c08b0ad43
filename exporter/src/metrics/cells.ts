import type { Labels, Sample } from './family.ts';
import type { CounterCell, HistogramCell } from './metrics.ts';

/** One series that is counted in place: plain fields, because a library's metric hashes its labels at every call. */
export interface Cell {
  /** What the series shows now. */
  samples(): readonly Sample[];
}

/** A counter's series. Throws a RangeError for what is negative or not finite. */
export class Counter implements CounterCell, Cell {
  value = 0;
  readonly #labels: Labels<string>;

  constructor(labels: Labels<string>) {
    this.#labels = labels;
  }

  inc(by = 1): void {
    if (!(by >= 0 && by < Infinity)) throw new RangeError(`a counter cannot be increased by ${by}`);
    this.value += by;
  }

  samples(): readonly Sample[] {
    return [{ labels: this.#labels, value: this.value }];
  }
}

/** A histogram's series. Throws a RangeError when a value is not finite. */
export class Histogram implements HistogramCell, Cell {
  readonly #labels: Labels<string>;
  readonly #bounds: readonly number[];
  /** By bound, not cumulated; values above the last bound are in `#count` alone. */
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  constructor(labels: Labels<string>, bounds: readonly number[]) {
    this.#labels = labels;
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`a histogram cannot take ${value}`);
    const index = this.#bounds.findIndex((bound) => value <= bound);
    if (index >= 0) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += value;
    this.#count += 1;
  }

  samples(): readonly Sample[] {
    let below = 0;
    const buckets = this.#bounds.map((bound, index) => {
      below += this.#counts[index] ?? 0;
      return this.#bucket(String(bound), below);
    });
    return [
      ...buckets,
      this.#bucket('+Inf', this.#count),
      { suffix: '_sum', labels: this.#labels, value: this.#sum },
      { suffix: '_count', labels: this.#labels, value: this.#count },
    ];
  }

  #bucket(le: string, value: number): Sample {
    return { suffix: '_bucket', labels: { le, ...this.#labels }, value };
  }
}
