import { createHash, timingSafeEqual } from 'node:crypto';

/** What an `Authorization` header carries. */
export type Credentials =
  | { readonly scheme: 'bearer'; readonly token: Buffer }
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }
  | { readonly scheme: 'none' };

/** Reads the header; anything that is neither bearer nor basic counts as none. Never throws. */
export function parseAuthorization(header: string | undefined): Credentials {
  const match = /^(bearer|basic) +(\S.*?) *$/is.exec(header ?? '');
  const value = match?.[2];
  if (value === undefined) return { scheme: 'none' };
  // Node reads headers as latin1; a token may be UTF-8.
  if (match?.[1]?.toLowerCase() === 'bearer')
    return { scheme: 'bearer', token: Buffer.from(value, 'latin1') };
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) return { scheme: 'none' };
  return { scheme: 'basic', user: text.slice(0, colon), password: text.slice(colon + 1) };
}

const digest = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest();

/** Compares without telling by its duration how much of the secret was right. */
export function sameSecret(given: string | Buffer, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}
