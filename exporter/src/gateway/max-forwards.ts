import { METHODS, type IncomingMessage } from 'node:http';
import type { OwnAnswer } from './own-answer.ts';

/** What passes through the gateway, `CONNECT` and `TRACE` not among it: neither is served by it. */
const ALLOW = METHODS.filter((method) => method !== 'CONNECT' && method !== 'TRACE').join(', ');
/** No way is longer; a client that says more is held to it. */
const MOST = 255;

/**
 * How many servers a request may still be passed on to by its `Max-Forwards` (RFC 9110 §7.6.2); NaN where that is no
 * number, undefined where it is not there, or is no matter of the method.
 */
export function forwardsLeft({ method, headers }: IncomingMessage): number | undefined {
  const said = headers['max-forwards'];
  if (typeof said !== 'string' || (method !== 'OPTIONS' && method !== 'TRACE')) return undefined;
  return /^\d+$/.test(said) ? Math.min(Number(said), MOST) : NaN;
}

/**
 * What the gateway says to a request that ends with it. What others sent is not sent back: `TRACE` would show credentials
 * that a browser adds, and what proxies know of each other.
 */
export function lastRecipient({ method }: IncomingMessage): Omit<OwnAnswer, 'requestId'> {
  if (method === 'OPTIONS') return { status: 200, allow: ALLOW, close: false };
  return {
    ...{ status: 405, code: 'trace_not_answered', allow: ALLOW, close: false },
    message: 'The request ends here by its Max-Forwards, and the gateway sends no request back.',
  };
}
