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
  const address = new URL(url);
  const { username, password } = address;
  address.username = '';
  address.password = '';
  const login = [username, password].map(decodeURIComponent).join(':');
  return {
    name: `Alertmanager at ${address.host}`,
    base: address.href.replace(/\/+$/, ''),
    headers: username === '' ? {} : { Authorization: `Basic ${Buffer.from(login).toString('base64')}` },
  };
}
