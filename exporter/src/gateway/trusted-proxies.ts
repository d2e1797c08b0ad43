import { BlockList, isIP } from 'node:net';

/** Which addresses are believed when they say for whom they ask. */
export type TrustedProxies = (address: string) => boolean;

/** An address of IPv4 that came over IPv6 (`::ffff:192.0.2.1`) is one of IPv4; the zone of a link-local one is left out. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '');
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
}

/** Takes addresses and networks (`10.0.0.0/8`); throws a sentence for operators about what is neither. */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  if (entries.length === 0) return () => false;
  const list = new BlockList();
  for (const entry of entries) {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry.trim()) ?? [];
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const most = family === 'ipv6' ? 128 : 32;
    if (isIP(address) === 0 || Number(prefix ?? most) > most)
      throw new Error(
        `gateway.trusted_proxies: "${entry}" is no address and no network: write for example 127.0.0.1 or 10.0.0.0/8`,
      );
    list.addSubnet(address, Number(prefix ?? most), family);
  }
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}
