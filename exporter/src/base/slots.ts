/**
 * What is under way, in no order. A Set would do, but it leaves tables behind as things come and go, each of which holds
 * what was in it, and the next table: once one of them is old, the garbage collector's quick passes take all of that for
 * alive, and everything that was ever under way is copied and grows old.
 */
export class Slots<T> {
  readonly #items: (T | undefined)[] = [];
  readonly #free: number[] = [];

  /** Returns the number by which it is taken out again. */
  add(item: T): number {
    const slot = this.#free.pop() ?? this.#items.length;
    this.#items[slot] = item;
    return slot;
  }

  /** Takes out what is there; to be called once for each number that was given out. */
  remove(slot: number): void {
    this.#items[slot] = undefined;
    this.#free.push(slot);
  }

  get size(): number {
    return this.#items.length - this.#free.length;
  }

  /** What is added meanwhile may be among it. */
  *[Symbol.iterator](): Iterator<T> {
    for (const item of this.#items) if (item !== undefined) yield item;
  }
}
