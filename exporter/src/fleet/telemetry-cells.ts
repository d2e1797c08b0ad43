import { FloatColumn, IntColumn } from './columns.ts';
import { NONE } from './device-table.ts';

/**
 * The newest values of all devices: one cell for each metric of a device, chained from the device's first.
 * Devices have one to twenty metrics, so that walking the chain is cheaper than a map for each device.
 */
export class CellTable {
  readonly #metric = new IntColumn();
  readonly #next = new IntColumn();
  /** Row of the device; -1 for a free cell. */
  readonly owner = new IntColumn();
  readonly unit = new IntColumn();
  /** Slot of the series; -1 without one. */
  readonly slot = new IntColumn();
  readonly value = new FloatColumn();
  /** When the value was stated, steady milliseconds. */
  readonly at = new FloatColumn();
  #firstFree = NONE;
  #size = 0;

  /** Cells that were ever in use: the bound for a walk over all. */
  get size(): number {
    return this.#size;
  }

  metric(cell: number): number {
    return this.#metric.get(cell);
  }

  next(cell: number): number {
    return this.#next.get(cell);
  }

  /** The cell of the metric in the chain that begins with `first`, or -1. */
  find(first: number, metric: number): number {
    let cell = first;
    while (cell !== NONE && this.#metric.get(cell) !== metric) cell = this.#next.get(cell);
    return cell;
  }

  length(first: number): number {
    let length = 0;
    for (let cell = first; cell !== NONE; cell = this.#next.get(cell)) length += 1;
    return length;
  }

  /** Makes a cell before the chain and returns it: the new first one. */
  add(owner: number, first: number, metric: number, unit: number): number {
    const cell = this.#firstFree === NONE ? this.#size++ : this.#firstFree;
    if (cell === this.#firstFree) this.#firstFree = this.#next.get(cell);
    this.#metric.set(cell, metric);
    this.#next.set(cell, first);
    this.owner.set(cell, owner);
    this.unit.set(cell, unit);
    this.slot.set(cell, NONE);
    this.value.set(cell, NaN);
    this.at.set(cell, NaN);
    return cell;
  }

  /** Takes the cell out of the chain that begins with `first`; returns the chain's first cell afterwards. */
  remove(first: number, cell: number): number {
    const after = this.#next.get(cell);
    let begin = first;
    if (first === cell) begin = after;
    else {
      let before = first;
      while (this.#next.get(before) !== cell) before = this.#next.get(before);
      this.#next.set(before, after);
    }
    this.owner.set(cell, NONE);
    this.slot.set(cell, NONE);
    this.#next.set(cell, this.#firstFree);
    this.#firstFree = cell;
    return begin;
  }
}
