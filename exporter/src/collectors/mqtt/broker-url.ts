import { parseCredentialUrl } from '../../base/credential-url.ts';
import type { BrokerAddress } from './transport.ts';

/** A broker's URL taken apart. */
export interface BrokerUrl {
  readonly address: BrokerAddress;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The address for people: scheme, host and port, never the credentials. */
  readonly target: string;
}

/** Reads `mqtt[s]://user:password@host:port`. Throws without repeating the URL, which may hold a password. */
export function parseBrokerUrl(url: string): BrokerUrl {
  const { scheme, user, password, host, place, port } = parseCredentialUrl(url, {
    schemes: ['mqtt', 'mqtts'],
  });
  const tls = scheme === 'mqtts';
  const usual = tls ? 8883 : 1883;
  return {
    address: { host, port: port ?? usual, tls },
    user,
    password,
    target: `${scheme}://${place}${port === undefined ? `:${usual}` : ''}`,
  };
}
