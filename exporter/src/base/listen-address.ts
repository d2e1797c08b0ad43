/** Where a server listens; an undefined host means every interface. */
export interface ListenAddress {
  readonly host: string | undefined;
  readonly port: number;
}

/** Parses `host:port`, `:port` or `[v6]:port`; throws a sentence for operators. Port 0 takes a free one. */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([\da-fA-F:.]+(?:%[\w.-]+)?)\]|([^\s:[\]/]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new Error(
      `cannot listen on "${text}": write host:port, for example 127.0.0.1:8001, [::]:8001 or :8001`,
    );
  }
  const host = match[1] ?? match[2];
  return { host: host === undefined || host === '' ? undefined : host, port };
}

/** The address as it stands in a URL: IPv6 in brackets, every interface as localhost. */
export function urlHost(address: ListenAddress): string {
  const { host, port } = address;
  if (host === undefined || host === '0.0.0.0' || host === '::') return `localhost:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
