/** Labels that a Prometheus server adds to what it sends (`VALTRONICS_EXTERNAL_LABELS` of the exporter, contract §2). */
export const EXTERNAL_LABELS: ReadonlySet<string> = new Set(['cluster', 'region', 'replica']);

/** Labels by which Grafana files the alerts that it evaluates itself; the exporter leaves them out as well. */
const FILING = /^(?:grafana_folder$|__)/;

/** The two halves of a 64-bit number: numbers alone would lose its low bits. */
interface Hash {
  high: number;
  low: number;
}

const TWO_32 = 4_294_967_296;
const SEPARATOR = 0xff;
const encoder = new TextEncoder();

/** One step of FNV-1a: xor, then times the prime 2^40 + 0x1b3, modulo 2^64. */
function addByte(hash: Hash, byte: number): void {
  const low = (hash.low ^ byte) >>> 0;
  const product = low * 0x1b3;
  hash.low = product % TWO_32;
  hash.high = (hash.high * 0x1b3 + Math.floor(product / TWO_32) + ((low << 8) >>> 0)) % TWO_32;
}

function addBytes(hash: Hash, bytes: Uint8Array): void {
  for (const byte of bytes) addByte(hash, byte);
  addByte(hash, SEPARATOR);
}

/** Go sorts strings by their bytes. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/**
 * The identity of an alert, 16 hexadecimal digits: `LabelSet.Fingerprint` of prometheus/common without external and
 * empty labels and without Grafana's own, the same as the exporter's.
 */
export function fingerprintOf(
  labels: Readonly<Record<string, string>>,
  external: ReadonlySet<string> = EXTERNAL_LABELS,
): string {
  const hash: Hash = { high: 0xcbf29ce4, low: 0x84222325 };
  const pairs = Object.entries(labels)
    .filter(([name, value]) => value !== '' && !external.has(name) && !FILING.test(name))
    .map(([name, value]): [Uint8Array, string] => [encoder.encode(name), value])
    .sort(([a], [b]) => compareBytes(a, b));
  for (const [name, value] of pairs) {
    addBytes(hash, name);
    addBytes(hash, encoder.encode(value));
  }
  return [hash.high, hash.low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
