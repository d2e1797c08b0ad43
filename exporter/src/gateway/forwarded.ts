import type { IncomingHttpHeaders } from 'node:http';
import { plainAddress, type TrustedProxies } from './trusted-proxies.ts';

/** Who is connected to the gateway, the same for all requests of a connection. */
export interface Peer {
  /** Of its socket; empty when it is gone already. */
  readonly address: string;
  /** Whether it is a proxy that is believed. */
  readonly trusted: boolean;
  readonly scheme: 'http' | 'https';
}

/** What `addOrigin` says anew. */
const REPLACED: ReadonlySet<string> = new Set([
  ...['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'],
]);

/** Whether a header, its name in lower case, tells for whom a request is made and is not passed on as it came. */
export function isOriginReplaced(name: string, { trusted }: Peer): boolean {
  return REPLACED.has(name) || (!trusted && name.startsWith('x-forwarded-'));
}

function joined(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : value.join(', ');
}

/** `for=` of RFC 7239: IPv6 in brackets and quotes. */
function forwardedElement({ address, scheme }: Peer): string {
  const node = address.includes(':') ? `"[${address}]"` : address === '' ? 'unknown' : address;
  return `for=${node};proto=${scheme}`;
}

/**
 * Adds for whom the request is made. What a trusted proxy said is kept, the peer added to its lists; `Forwarded` is
 * continued where there is one and never made up. Of others nothing is taken over.
 */
export function addOrigin(headers: string[], incoming: IncomingHttpHeaders, host: string, peer: Peer): void {
  const { address, trusted, scheme } = peer;
  const before = trusted ? joined(incoming['x-forwarded-for']) : undefined;
  headers.push('X-Forwarded-For', before === undefined ? address : `${before}, ${address}`);
  headers.push('X-Forwarded-Proto', (trusted ? joined(incoming['x-forwarded-proto']) : undefined) ?? scheme);
  const shown = (trusted ? joined(incoming['x-forwarded-host']) : undefined) ?? host;
  if (shown !== '') headers.push('X-Forwarded-Host', shown);
  const elements = trusted ? joined(incoming.forwarded) : undefined;
  if (elements !== undefined) headers.push('Forwarded', `${elements}, ${forwardedElement(peer)}`);
}

/** The address of the client itself: behind trusted proxies the last one of `X-Forwarded-For` that is none of them. */
export function clientAddress(incoming: IncomingHttpHeaders, peer: Peer, isTrusted: TrustedProxies): string {
  const list = peer.trusted ? joined(incoming['x-forwarded-for']) : undefined;
  if (list === undefined) return peer.address;
  const hops = list.split(',').map((hop) => plainAddress(hop.trim()));
  return hops.findLast((hop) => !isTrusted(hop)) ?? hops[0] ?? peer.address;
}
