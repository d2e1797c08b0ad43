import type { BrokerAddress } from './transport.ts';

/** A broker's URL taken apart. */
export interface BrokerUrl {
  readonly address: BrokerAddress;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The address for people: scheme, host and port, never the credentials. */
  readonly target: string;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883 };

function decoded(text: string): string | undefined {
  return text === '' ? undefined : decodeURIComponent(text);
}

/** Reads `mqtt[s]://user:password@host:port`. Throws without repeating the URL, which may hold a password. */
export function parseBrokerUrl(url: string): BrokerUrl {
  const parsed = URL.parse(url);
  const defaultPort = parsed === null ? undefined : DEFAULT_PORTS[parsed.protocol];
  if (parsed === null || defaultPort === undefined || parsed.hostname === '') {
    throw new Error('the broker’s URL must look like mqtt://user:password@host:1883 or mqtts://host:8883');
  }
  const port = parsed.port === '' ? defaultPort : Number(parsed.port);
  return {
    address: { host: parsed.hostname.replace(/^\[|\]$/g, ''), port, tls: parsed.protocol === 'mqtts:' },
    user: decoded(parsed.username),
    password: decoded(parsed.password),
    target: `${parsed.protocol}//${parsed.hostname}:${port}`,
  };
}
