const MAX_SEGMENTS = 8;
const ASSET = /\.(?:js|mjs|css|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|txt|webmanifest|wasm)$/i;
const PLAIN = /^[A-Za-z][A-Za-z._~-]{0,39}$/;
const VERSION = /^v\d{1,3}$/;

/** True for a word that a programmer wrote; numbers, UUIDs, hashes and device ids hold digits and are none. */
function isWord(segment: string): boolean {
  return PLAIN.test(segment) || VERSION.test(segment);
}

/**
 * A template for a path that no route fits: segments that look like identifiers become `{id}`, files that
 * a browser loads become `/{asset}`. It may still be wrong; whoever uses it caps the number of results.
 */
export function genericTemplate(path: string): string {
  if (ASSET.test(path)) return '/{asset}';
  const segments = path.split('/').filter((segment) => segment !== '');
  const kept = segments.slice(0, MAX_SEGMENTS).map((segment) => (isWord(segment) ? segment : '{id}'));
  if (segments.length > MAX_SEGMENTS) kept.push('{path}');
  return `/${kept.join('/')}`;
}
