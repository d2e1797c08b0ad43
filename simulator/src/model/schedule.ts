/** What is due and when; entries due at the same time come out in the order they went in. */
export interface Schedule<T> {
  readonly size: number;
  /** @param at milliseconds since the epoch */
  add(at: number, task: T): void;
  /** The time of the earliest task, or undefined when there is none. */
  peek(): number | undefined;
  /** Removes and returns the earliest task that is due at or before the time, or undefined. */
  takeDue(until: number): { at: number; task: T } | undefined;
}

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly task: T;
}

function before<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function siftUp<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || !before(entry, parent)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = entry;
}

function siftDown<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let index = 0;
  for (;;) {
    let childIndex = 2 * index + 1;
    let child = heap[childIndex];
    if (child === undefined) break;
    const right = heap[childIndex + 1];
    if (right !== undefined && before(right, child)) {
      child = right;
      childIndex += 1;
    }
    if (!before(child, entry)) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = entry;
}

/** A binary heap: one timer serves a fleet of any size. */
export function createSchedule<T>(): Schedule<T> {
  const heap: Entry<T>[] = [];
  let order = 0;
  return {
    get size() {
      return heap.length;
    },
    add(at, task) {
      siftUp(heap, { at, order: order++, task });
    },
    peek: () => heap[0]?.at,
    takeDue(until) {
      const first = heap[0];
      if (first === undefined || first.at > until) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) siftDown(heap, last);
      return { at: first.at, task: first.task };
    },
  };
}
