/** Rows that a column has room for at first; it grows by half when they are used up. */
const FIRST_ROWS = 64;

function grownLength(length: number, row: number): number {
  return Math.max(row + 1, Math.ceil(length * 1.5));
}

/**
 * A growing column of doubles. Numbers that change with every message live in columns instead of in fields
 * of an object, where each double would be an allocation of its own.
 */
export class FloatColumn {
  #values = new Float64Array(FIRST_ROWS).fill(NaN);

  /** NaN where nothing was set. */
  get(row: number): number {
    return this.#values[row] ?? NaN;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) this.#grow(row);
    this.#values[row] = value;
  }

  #grow(row: number): void {
    const grown = new Float64Array(grownLength(this.#values.length, row)).fill(NaN);
    grown.set(this.#values);
    this.#values = grown;
  }
}

/** A growing column of 32-bit integers. */
export class IntColumn {
  #values = new Int32Array(FIRST_ROWS).fill(-1);

  /** -1 where nothing was set. */
  get(row: number): number {
    return this.#values[row] ?? -1;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) this.#grow(row);
    this.#values[row] = value;
  }

  #grow(row: number): void {
    const grown = new Int32Array(grownLength(this.#values.length, row)).fill(-1);
    grown.set(this.#values);
    this.#values = grown;
  }
}
