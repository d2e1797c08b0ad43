/** The two halves of a 64-bit number; numbers alone would lose its low bits and BigInt is ten times slower. */
interface Hash {
  high: number;
  low: number;
}

const TWO_32 = 4_294_967_296;
const SEPARATOR = 0xff;

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

/**
 * The identity of an alert, 16 hexadecimal digits: `LabelSet.Fingerprint` of prometheus/common, so that it is
 * the one that Alertmanager shows for the same labels (contract §2). Labels named in `external` and empty ones
 * are left out; the alert's name counts as label `alertname`.
 */
export function fingerprintOf(
  labels: Readonly<Record<string, string>>,
  external: ReadonlySet<string> = new Set(),
): string {
  const hash: Hash = { high: 0xcbf29ce4, low: 0x84222325 };
  const pairs = Object.entries(labels)
    .filter(([name, value]) => value !== '' && !external.has(name))
    // Go sorts strings by their bytes.
    .map(([name, value]): [Buffer, Buffer] => [Buffer.from(name), Buffer.from(value)])
    .sort(([a], [b]) => Buffer.compare(a, b));
  for (const [name, value] of pairs) {
    addBytes(hash, name);
    addBytes(hash, value);
  }
  return [hash.high, hash.low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
