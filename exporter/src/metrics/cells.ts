import type { Exemplar, Labels, Sample } from './family.ts';
import type { CounterCell, HistogramCell, TraceReference } from './metrics.ts';

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
  /** The newest of each bucket, +Inf last. */
  readonly #exemplars: (Exemplar | undefined)[] = [];
  #sum = 0;
  #count = 0;

  constructor(labels: Labels<string>, bounds: readonly number[]) {
    this.#labels = labels;
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`a histogram cannot take ${value}`);
    const index = this.#indexOf(value);
    if (index < this.#counts.length) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += value;
    this.#count += 1;
  }

  exemplar(value: number, { traceId, spanId }: TraceReference): void {
    const labels = { trace_id: traceId, span_id: spanId };
    this.#exemplars[this.#indexOf(value)] = { labels, value, timestamp: Date.now() / 1000 };
  }

  samples(): readonly Sample[] {
    let below = 0;
    const buckets = this.#bounds.map((bound, index) => {
      below += this.#counts[index] ?? 0;
      return this.#bucket(String(bound), below, index);
    });
    return [
      ...buckets,
      this.#bucket('+Inf', this.#count, this.#bounds.length),
      { suffix: '_sum', labels: this.#labels, value: this.#sum },
      { suffix: '_count', labels: this.#labels, value: this.#count },
    ];
  }

  /** Which bucket a value falls into; the last one is +Inf. */
  #indexOf(value: number): number {
    const bounds = this.#bounds;
    let index = 0;
    while (index < bounds.length && value > (bounds[index] ?? Infinity)) index += 1;
    return index;
  }

  #bucket(le: string, value: number, index: number): Sample {
    const exemplar = this.#exemplars[index];
    const labels = { le, ...this.#labels };
    return { suffix: '_bucket', labels, value, ...(exemplar === undefined ? {} : { exemplar }) };
  }
}
