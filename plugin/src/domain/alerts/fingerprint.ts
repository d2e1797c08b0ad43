/** Labels that a Prometheus server adds to what it sends (`VALTRONICS_EXTERNAL_LABELS` of the exporter, contract §2). */
export const EXTERNAL_LABELS: ReadonlySet<string> = new Set(['cluster', 'region', 'replica']);

const SEPARATOR = 0xff;
const PRIME = 0x1b3;
const encoder = new TextEncoder();

/** Go sorts strings by their bytes, which is the order of code points and not that of JavaScript's halves of them. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  const place = left.findIndex((point, index) => point !== right[index]);
  if (place < 0) return left.length - right.length;
  return (left[place]?.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? -1);
}

/** Grafana files the alerts that it evaluates itself by labels of its own; the exporter leaves them out as well. */
function isInHash(name: string): boolean {
  return !EXTERNAL_LABELS.has(name) && name !== 'grafana_folder' && !name.startsWith('__');
}

type Labels = Readonly<Record<string, string>>;

/** The names that count, in the order in which they count. */
function sortedNames(names: readonly string[]): readonly string[] {
  const isHalved = names.some((name) => /[\ud800-\uffff]/.test(name));
  return names.filter(isInHash).sort(isHalved ? compareCodePoints : undefined);
}

/** Label sets with the same names in the same order. */
interface Shape {
  readonly names: readonly string[];
  /** Those that count, in the order in which they do. */
  readonly sorted: readonly string[];
  /** Fingerprints by the values of `sorted`, each with its length in front. */
  readonly known: Map<string, string>;
}

/** Fingerprints that are remembered: a page asks for the same ones at each refresh. */
const MOST_KNOWN = 50_000;
const shapes = new Map<string, Shape>();
let countKnown = 0;

/** The alerts of a rule come one after the other, and have the same names. */
let last: Shape = { names: [], sorted: [], known: new Map() };

function shapeOf(labels: Labels): Shape {
  const names = Object.keys(labels);
  const isSame =
    names.length === last.names.length && names.every((name, index) => name === last.names[index]);
  if (isSame) return last;
  const key = JSON.stringify(names);
  last = shapes.get(key) ?? { names, sorted: sortedNames(names), known: new Map() };
  shapes.set(key, last);
  return last;
}

function remember({ known }: Shape, key: string, fingerprint: string): void {
  if (countKnown >= MOST_KNOWN) {
    shapes.clear();
    last = { names: [], sorted: [], known: new Map() };
    countKnown = 0;
    return;
  }
  known.set(key, fingerprint);
  countKnown += 1;
}

/** The halves of the hash that is being computed, whole numbers of 32 bits: anything else would be an object a byte. */
const half = { high: 0, low: 0 };

/** The bytes of the text in UTF-8, each as a character. */
function asBytes(text: string): string {
  return Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/**
 * Adds the text and what stands between texts: for each byte xor, then times the prime 2^40 + 0x1b3, modulo 2^64. A
 * character above `most` is not one byte.
 */
function addText(text: string, most = 0x7f): void {
  let { high, low } = half;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : SEPARATOR;
    if (code > most && index < text.length) {
      addText(asBytes(text), 0xff);
      return;
    }
    const mixed = low ^ code;
    const carry = ((mixed >>> 16) * PRIME + (((mixed & 0xffff) * PRIME) >>> 16)) >>> 16;
    low = Math.imul(mixed, PRIME);
    high = (Math.imul(high, PRIME) + carry + (mixed << 8)) | 0;
  }
  half.high = high;
  half.low = low;
}

function hashOf(labels: Labels, names: readonly string[]): string {
  half.high = 0xcbf29ce4 | 0;
  half.low = 0x84222325 | 0;
  for (const name of names) {
    const value = labels[name] ?? '';
    if (value === '') continue;
    addText(name);
    addText(value);
  }
  return [half.high, half.low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

/**
 * The identity of an alert, 16 hexadecimal digits: `LabelSet.Fingerprint` of prometheus/common without external and
 * empty labels and without Grafana's own, the same as the exporter's. A page asks for tens of thousands of them at
 * once, the same ones again and again: it is 64-bit FNV-1a in two halves, since numbers alone would lose the low bits,
 * and what was computed before is remembered by the values.
 */
export function fingerprintOf(labels: Labels): string {
  const shape = shapeOf(labels);
  let key = '';
  for (const name of shape.sorted) {
    const value = labels[name] ?? '';
    key += `${value.length}:${value}`;
  }
  const before = shape.known.get(key);
  if (before !== undefined) return before;
  const fingerprint = hashOf(labels, shape.sorted);
  remember(shape, key, fingerprint);
  return fingerprint;
}
