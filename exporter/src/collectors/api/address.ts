import { basicAuthorization, parseCredentialUrl } from '../../base/credential-url.ts';

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
  const url = parseCredentialUrl(text, { schemes: ['http', 'https'] });
  const prefix = url.path.replace(/\/+$/, '').replace(API_PREFIX, '').replace(/\/+$/, '');
  const target = `${new URL(`${url.scheme}://${url.place}`).origin}${prefix}`;
  return {
    target,
    authorization: basicAuthorization(url),
    resolve: (path) => new URL(`${target}${path}`),
  };
}
