/** Where a REST API is, taken apart for people and for requests. */
export interface ApiAddress {
  /** Without secrets and trailing slash, e.g. `https://gateway/valtronics`. */
  readonly target: string;
  /** `Authorization` of a URL with a user; the platform itself asks for none, a proxy before it may. */
  readonly authorization: string | undefined;
  /** The URL of a path like `/api/v1/health/ping?x=1`. */
  resolve(path: string): URL;
}

const API_PREFIX = /\/api(\/v1)?$/;

/**
 * Takes the base URL apart: with or without path prefix, trailing slash or the API's own `/api/v1`.
 *
 * @throws Error that does not contain the URL, since that may hold a password
 */
export function parseApiUrl(text: string): ApiAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new Error('the API URL cannot be read: expected http[s]://host:8000[/prefix]');
  const prefix = url.pathname.replace(/\/+$/, '').replace(API_PREFIX, '').replace(/\/+$/, '');
  const user = decodeURIComponent(url.username);
  const credentials = Buffer.from(`${user}:${decodeURIComponent(url.password)}`).toString('base64');
  return {
    target: `${url.origin}${prefix}`,
    authorization: user === '' ? undefined : `Basic ${credentials}`,
    resolve: (path) => new URL(`${url.origin}${prefix}${path}`),
  };
}
