import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** True for 127.0.0.0/8 and ::1, also as `::ffff:127.0.0.1`. Takes the socket's address, never a header's. */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false;
  const family = isIP(address);
  if (family === 0) return false;
  return LOOPBACK.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** The host of a `Host` header or origin as URLs write it, with the port unless it is the scheme's own; undefined when it is none. */
export function canonicalHost(scheme: string, host: string): string | undefined {
  if (/[\s/?#@\\]/.test(host) || !URL.canParse(`${scheme}//${host}`)) return undefined;
  const url = new URL(`${scheme}//${host}`);
  return url.host === '' ? undefined : url.host;
}

/**
 * True when the `Host` header names this machine by a loopback name. A page that points its own name at
 * 127.0.0.1 (DNS rebinding) sends that name here, and so is told apart from a program on this machine.
 */
export function isLoopbackHost(header: string | undefined): boolean {
  const host = header === undefined ? undefined : canonicalHost('http:', header);
  if (host === undefined) return false;
  const name = new URL(`http://${host}`).hostname;
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return isLoopbackAddress(name.replace(/^\[(.*)\]$/, '$1'));
}
