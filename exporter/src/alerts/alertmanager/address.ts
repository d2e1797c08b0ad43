import { parseCredentialUrl } from '../../base/credential-url.ts';
import type { Destination } from '../receivers/json-request.ts';

/** Those of the settings, each once. */
export function alertmanagerUrls({
  url,
  more_urls: more,
}: {
  readonly url?: string | undefined;
  readonly more_urls: readonly string[];
}): string[] {
  return url === undefined ? [] : [...new Set([url, ...more])];
}

/** A path of an Alertmanager, e.g. `/api/v2/alerts`, as a destination of requests. */
export type AlertmanagerPaths = (path: string) => Destination;

/** The paths of the Alertmanager at the URL of the settings, which may hold user and password. */
export function alertmanagerAt(url: string): AlertmanagerPaths {
  const { place } = parseCredentialUrl(url, { schemes: ['http', 'https'] });
  const base = url.replace(/\/+$/, '');
  return (path) => ({
    name: `Alertmanager at ${place}`,
    url: `${base}${path}`,
    address: 'alertmanager.url',
  });
}
