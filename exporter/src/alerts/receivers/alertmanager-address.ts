import { basicAuthorization, parseCredentialUrl } from '../../base/credential-url.ts';

/** An Alertmanager as its clients need it. */
export interface AlertmanagerAddress {
  /** For errors and logs: without user and password. */
  readonly name: string;
  /** Base URL without user, password and trailing slash. */
  readonly base: string;
  /** Basic auth, when the URL had a user. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Takes the URL of the settings apart, which may hold user and password. */
export function alertmanagerAddress(url: string): AlertmanagerAddress {
  const address = parseCredentialUrl(url, { schemes: ['http', 'https'] });
  const authorization = basicAuthorization(address);
  return {
    name: `Alertmanager at ${address.place}`,
    base: `${address.scheme}://${address.place}${address.path}`.replace(/\/+$/, ''),
    headers: authorization === undefined ? {} : { Authorization: authorization },
  };
}
