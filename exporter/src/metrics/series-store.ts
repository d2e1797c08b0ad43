import { labelBlock } from './escape.ts';
import type { Family, Labels } from './family.ts';
import { MAX_VALUE_BYTES, writeValue } from './sample-value.ts';
import type { SeriesStore, Slot } from './series.ts';

/** Size of a rendered piece in bytes; a single longer line makes a longer piece. */
export const CHUNK_BYTES = 64 * 1024;

const INITIAL_SLOTS = 64;
const LINE_FEED = 10;

/** What all lines of the family begin with: its name and, where it has labels, the first of them. */
function commonHead(family: Family): Buffer {
  const [first] = family.labels;
  return Buffer.from(first === undefined ? family.name : `${family.name}{${first}="`);
}

/**
 * The rest of the text before the value, as UTF-8 bytes in a string of one byte a character: flat, compact
 * and copied natively.
 */
function renderPrefix<L extends string>(family: Family<L>, labels: Labels<L>, headLength: number): string {
  const pairs = family.labels.map((name): [string, string] => [name, labels[name]]);
  return Buffer.from(`${family.name}${labelBlock(pairs)} `, 'utf8').toString('latin1', headLength);
}

/** Makes an empty column store for one gauge family; the labels of `without` are not exposed. */
export function createSeriesStore<L extends string>(
  family: Family<L>,
  without: readonly string[] = [],
): SeriesStore<L> {
  const shown: Family<L> = { ...family, labels: family.labels.filter((name) => !without.includes(name)) };
  const head = commonHead(shown);
  /** By slot, the text between head and value; '' is a free slot. */
  let prefixes: string[] = [];
  let values = new Float64Array(INITIAL_SLOTS);
  /**
   * By slot, the epoch of the first `set`, 0 before it. Every iteration begins a new epoch and shows only
   * what was set in earlier ones: a series that moves to another slot meanwhile is not written twice.
   */
  let firstSet = new Uint32Array(INITIAL_SLOTS);
  let free: Slot[] = [];
  let size = 0;
  let epoch = 1;

  const clear = (): void => {
    prefixes = [];
    values = new Float64Array(INITIAL_SLOTS);
    firstSet = new Uint32Array(INITIAL_SLOTS);
    free = [];
    size = 0;
  };

  const grow = (): void => {
    const grownValues = new Float64Array(values.length * 2);
    grownValues.set(values);
    values = grownValues;
    const grownFirstSet = new Uint32Array(firstSet.length * 2);
    grownFirstSet.set(firstSet);
    firstSet = grownFirstSet;
  };

  const requireLive = (slot: Slot): void => {
    if (!prefixes[slot]) throw new RangeError(`${family.name} has no series in slot ${slot}`);
  };

  const add = (labels: Labels<L>): Slot => {
    const slot = free.pop() ?? prefixes.length;
    if (slot === values.length) grow();
    prefixes[slot] = renderPrefix(shown, labels, head.length);
    values[slot] = NaN;
    firstSet[slot] = 0;
    size += 1;
    return slot;
  };

  const set = (slot: Slot, value: number): void => {
    if (!firstSet[slot]) {
      requireLive(slot);
      firstSet[slot] = epoch;
    }
    values[slot] = value;
  };

  const remove = (slot: Slot): void => {
    requireLive(slot);
    size -= 1;
    if (size === 0) {
      clear();
      return;
    }
    prefixes[slot] = '';
    values[slot] = NaN;
    firstSet[slot] = 0;
    free.push(slot);
  };

  function* chunks(): IterableIterator<Uint8Array> {
    const horizon = epoch;
    epoch += 1;
    let slot = 0;
    while (slot < prefixes.length) {
      let out = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      let position = 0;
      for (; slot < prefixes.length; slot += 1) {
        const since = firstSet[slot] ?? 0;
        if (since === 0 || since > horizon) continue;
        const prefix = prefixes[slot] ?? '';
        const lineBytes = head.length + prefix.length + MAX_VALUE_BYTES;
        if (position + lineBytes > out.length) {
          if (position > 0) break;
          out = Buffer.allocUnsafeSlow(lineBytes);
        }
        out.set(head, position);
        position += head.length;
        out.write(prefix, position, 'latin1');
        position = writeValue(out, position + prefix.length, values[slot] ?? NaN);
        out[position++] = LINE_FEED;
      }
      if (position > 0) yield out.subarray(0, position);
    }
  }

  return {
    family,
    get size() {
      return size;
    },
    add,
    set,
    get: (slot) => (prefixes[slot] ? values[slot] : undefined) ?? NaN,
    remove,
    clear,
    chunks,
  };
}
