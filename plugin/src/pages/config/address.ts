/** Why an exporter address cannot be used; undefined when it can. */
export type AddressFault = 'empty' | 'no-url' | 'scheme' | 'credentials';

function parse(text: string): URL | undefined {
  try {
    return new URL(text.trim());
  } catch {
    return undefined;
  }
}

/** Looks at an address before anything is asked of it. */
export function addressFault(text: string): AddressFault | undefined {
  if (text.trim() === '') return 'empty';
  const url = parse(text);
  if (url === undefined) return 'no-url';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'scheme';
  // Settings are readable for every user of the app: a password does not belong there.
  return url.username !== '' || url.password !== '' ? 'credentials' : undefined;
}

/** `host:port` of the address as Prometheus writes it into `instance`; undefined when it cannot be read. */
export function instanceOf(address: string): string | undefined {
  const url = parse(address);
  if (url === undefined || url.hostname === '') return undefined;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname}:${port}`;
}
