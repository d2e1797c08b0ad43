/** Raw headers of Node: names and values in turns, with the case, order and repetition that they came in. */
export type RawHeaders = readonly string[];

/** What is meant for the next hop alone (RFC 9110 §7.6.1, §11.7), in lower case. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade', 'http2-settings'],
  ...['proxy-authenticate', 'proxy-authorization', 'proxy-authentication-info'],
]);

/** What no `Connection` may take away: without them the message would be another one. */
const END_TO_END: ReadonlySet<string> = new Set(['host', 'content-length']);

const NONE: ReadonlySet<string> = new Set();

/** Names of a list like `close, X-Mine`, in lower case. */
function namesOf(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((name) => name.trim().toLowerCase()));
}

/** The headers that `Connection` names, in lower case; takes its values joined by commas. */
export function namedByConnection(connection: string | undefined): ReadonlySet<string> {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return NONE;
  return namesOf(connection);
}

/** Whether a header of this name, in lower case, ends at this hop. */
export function endsHere(name: string, named: ReadonlySet<string>): boolean {
  return HOP_BY_HOP.has(name) || (named.size > 0 && named.has(name) && !END_TO_END.has(name));
}

/** What a trailer may not say: framing, routing and what ends at this hop (RFC 9110 §6.5.1). */
const NO_TRAILER: ReadonlySet<string> = new Set([
  ...['content-length', 'host', 'trailer', 'content-encoding', 'content-type', 'content-range', 'expect'],
  ...['authorization', 'cookie', 'set-cookie', 'forwarded', 'max-forwards', 'cache-control', 'x-request-id'],
]);

/** The trailers that are passed on, as pairs. */
export function passedTrailers(raw: RawHeaders): [string, string][] {
  const passed: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = [raw[index], raw[index + 1]];
    const lower = name.toLowerCase();
    if (!NO_TRAILER.has(lower) && !endsHere(lower, NONE) && !lower.startsWith('x-forwarded-'))
      passed.push([name, value]);
  }
  return passed;
}
