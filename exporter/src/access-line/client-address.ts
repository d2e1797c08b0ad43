/** The address of `host:port` where the port is always there, as uvicorn writes it (IPv6 without brackets too). */
export function withoutPort(text: string): string | null {
  const colon = text.lastIndexOf(':');
  return colon === -1 ? clientAddress(text) : clientAddress(text.slice(0, colon));
}

/** The address of a client in any usual spelling, without brackets and port; null for none (`-`, `None`, a socket). Unchecked. */
export function clientAddress(text: string): string | null {
  if (text === '' || text === '-' || text === 'None' || text === 'unix:') return null;
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    return end === -1 ? null : text.slice(1, end);
  }
  const colon = text.indexOf(':');
  const onlyOne = colon !== -1 && text.indexOf(':', colon + 1) === -1;
  return onlyOne ? clientAddress(text.slice(0, colon)) : text;
}

/** The first address of an X-Forwarded-For list: the one that the platform's own limiter goes by. Null for none. */
export function forwardedClient(list: string): string | null {
  const comma = list.indexOf(',');
  return clientAddress((comma === -1 ? list : list.slice(0, comma)).trim());
}
