import type { IncomingMessage } from 'node:http';
import { forwardsLeft } from './max-forwards.ts';
import type { Refusal } from './served-request.ts';

/** Where a request goes to, once it is known to be one. */
export interface RequestTarget {
  /** In origin form, or `*`. */
  readonly target: string;
  /** Empty where HTTP/1.0 sent none. */
  readonly host: string;
}

/** Why a request is answered by the gateway itself. */
export interface Rejection {
  readonly status: number;
  readonly reason: Refusal;
  /** For programs. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

function malformed(message: string, status = 400): Rejection {
  return { status, reason: 'malformed', code: 'malformed_request', message };
}

/** Lines of headers. */
export const MOST_HEADERS = 1000;

const TOO_MANY: Rejection = {
  ...{ status: 400, reason: 'too_long', code: 'request_too_long' },
  message: `There are more than ${MOST_HEADERS} headers.`,
};

/** Host and port as RFC 3986 has them; stricter than some, so that nobody reads two hosts out of one value. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;
const ABSOLUTE = /^https?:\/\/([^/?#]*)([/?].*)?$/i;

function hostsOf(raw: readonly string[]): string[] {
  const hosts: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts.push(raw[index + 1] ?? '');
  }
  return hosts;
}

/** The framing that Node's parser lets through and others may read otherwise (RFC 9112 §6). */
function badFraming({ headers, httpVersionMinor }: IncomingMessage): Rejection | undefined {
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return undefined;
  if (httpVersionMinor === 0) return malformed('HTTP/1.0 knows no Transfer-Encoding');
  const lower = coding.toLowerCase();
  if (lower === 'chunked') return undefined;
  if (!/,[ \t]*chunked$/.test(lower)) return malformed('Transfer-Encoding does not end in chunked');
  return malformed('the only Transfer-Encoding known here is chunked', 501);
}

/**
 * Looks at what Node's parser leaves to its user: versions, hosts, forms of the target, codings (RFC 9112 §3, §6).
 */
export function readHead(request: IncomingMessage): RequestTarget | Rejection {
  if (request.httpVersionMajor !== 1) return malformed('only HTTP/1.0 and HTTP/1.1 are spoken here', 505);
  if (request.rawHeaders.length > 2 * MOST_HEADERS) return TOO_MANY;
  const framing = badFraming(request);
  if (framing !== undefined) return framing;
  const hosts = hostsOf(request.rawHeaders);
  const [host = ''] = hosts;
  if (Number.isNaN(forwardsLeft(request))) return malformed('Max-Forwards is no number');
  if (hosts.length > 1) return malformed('there is more than one Host');
  if (hosts.length === 0 && request.httpVersionMinor === 1) return malformed('there is no Host');
  if (!HOST.test(host)) return malformed('Host is no host');
  const target = request.url ?? '';
  if (target.includes('#')) return malformed('the address has a fragment, which is never sent');
  if (target.startsWith('/') || (target === '*' && request.method === 'OPTIONS')) return { target, host };
  const [, authority, rest = '/'] = ABSOLUTE.exec(target) ?? [];
  if (authority === undefined || authority === '' || !HOST.test(authority))
    return malformed('the address is neither a path nor a whole URL');
  return { target: rest.startsWith('?') ? `/${rest}` : rest, host: authority };
}
