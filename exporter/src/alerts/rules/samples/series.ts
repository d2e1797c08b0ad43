import type { Labels, Series } from '@valtronics/promql';

/** A series that is written to. Times are milliseconds since the epoch and only rise. */
export interface StoredSeries extends Series {
  append(time: number, value: number): void;
  /** Says that the series ended at the time; false when nothing of it has to be kept. */
  end(time: number): boolean;
  /** Samples that room is taken for. */
  readonly room: number;
  /** Moves every sample in time, after the wall clock was set; milliseconds. */
  shift(by: number): void;
}

/** A series of which the newest sample is enough: most of them, above all those of devices. */
export class LatestSeries implements StoredSeries {
  readonly labels: Labels;
  readonly room = 1;
  #time = NaN;
  #value = NaN;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  indexAt(time: number): number {
    return this.#time <= time ? 0 : -1;
  }

  time(): number {
    return this.#time;
  }

  value(): number {
    return this.#value;
  }

  ended(): boolean {
    return false;
  }

  shift(by: number): void {
    this.#time += by;
  }

  append(time: number, value: number): void {
    this.#time = time;
    this.#value = value;
  }

  end(): boolean {
    return false;
  }
}

const INITIAL_ROOM = 16;

/** A series with its samples of the last `keep` milliseconds, in a ring that grows as far as it must. */
export class HistorySeries implements StoredSeries {
  readonly labels: Labels;
  readonly #keep: number;
  #times = new Float64Array(INITIAL_ROOM);
  #values = new Float64Array(INITIAL_ROOM);
  /** 1 where the series ended. */
  #ends = new Uint8Array(INITIAL_ROOM);
  #first = 0;
  #count = 0;

  constructor(labels: Labels, keep: number) {
    this.labels = labels;
    this.#keep = keep;
  }

  get room(): number {
    return this.#times.length;
  }

  #slot(index: number): number {
    return (this.#first + index) % this.#times.length;
  }

  indexAt(time: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.time(middle) <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  time(index: number): number {
    return this.#times[this.#slot(index)] ?? NaN;
  }

  value(index: number): number {
    return this.#values[this.#slot(index)] ?? NaN;
  }

  ended(index: number): boolean {
    return this.#ends[this.#slot(index)] === 1;
  }

  shift(by: number): void {
    this.#times = this.#times.map((time) => time + by);
  }

  append(time: number, value: number): void {
    this.#push(time, value, 0);
  }

  end(time: number): boolean {
    const last = this.#count - 1;
    if (last >= 0 && !this.ended(last)) this.#push(time, NaN, 1);
    else this.#forget(time);
    return this.#count > 0;
  }

  /** Drops what is too old. */
  #forget(time: number): void {
    while (this.#count > 0 && this.time(0) < time - this.#keep) {
      this.#first = this.#slot(1);
      this.#count -= 1;
    }
  }

  #push(time: number, value: number, ends: 0 | 1): void {
    this.#forget(time);
    if (this.#count === this.#times.length) this.#grow();
    const slot = this.#slot(this.#count);
    this.#times[slot] = time;
    this.#values[slot] = value;
    this.#ends[slot] = ends;
    this.#count += 1;
  }

  #grow(): void {
    const room = this.#times.length * 2;
    const times = new Float64Array(room);
    const values = new Float64Array(room);
    const ends = new Uint8Array(room);
    for (let index = 0; index < this.#count; index += 1) {
      times[index] = this.time(index);
      values[index] = this.value(index);
      ends[index] = this.ended(index) ? 1 : 0;
    }
    this.#times = times;
    this.#values = values;
    this.#ends = ends;
    this.#first = 0;
  }
}
