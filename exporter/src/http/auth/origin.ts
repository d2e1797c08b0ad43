import { canonicalHost } from './loopback.ts';

/**
 * True when a browser says that the request comes from a page of another site: the host and port of `Origin`
 * are not those of `Host`, or it is `null`. Programs send no Origin.
 */
export function isForeignOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return false;
  if (host === undefined || !URL.canParse(origin)) return true;
  const url = new URL(origin);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return true;
  return url.host !== canonicalHost(url.protocol, host);
}
