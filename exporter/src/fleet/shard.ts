const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** 32-bit FNV-1a over the UTF-8 bytes of the text; not negative. */
export function fnv1a(text: string): number {
  let hash = OFFSET_BASIS;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return fnv1aBytes(Buffer.from(text, 'utf8'));
    hash = Math.imul(hash ^ unit, PRIME);
  }
  return hash >>> 0;
}

function fnv1aBytes(bytes: Uint8Array): number {
  let hash = OFFSET_BASIS;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, PRIME);
  return hash >>> 0;
}

/**
 * Says which devices belong to shard `shard` of `total` (contract §3, `VALTRONICS_SHARD`): every device
 * belongs to exactly one, and to the same one in every process and after every restart.
 */
export function ownedBy(shard: number, total: number): (deviceId: string) => boolean {
  return (deviceId) => fnv1a(deviceId) % total === shard;
}
