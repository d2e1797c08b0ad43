import { errorCode, messageOf } from '../base/errors.ts';
import type { OwnAnswer } from './own-answer.ts';
import type { UpstreamFailure } from './served-request.ts';

/** What an error of the connection to the API means. A closed connection of which nothing more is known is `closed`. */
export function failureOf(error: unknown): UpstreamFailure {
  const code = errorCode(error) ?? '';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') return 'name';
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'timeout';
  if (code === 'EPIPE') return 'reset';
  if (code === 'ECONNRESET') {
    // Node's own words for an end without an answer; the system's begin with the call that failed.
    const isOrderly = /(?:socket hang up|aborted)$/.test(messageOf(error));
    return isOrderly ? 'closed' : 'reset';
  }
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH)/.test(code))
    return 'tls';
  return 'other';
}

/** For the client: what happened, in words that tell nothing of addresses behind the gateway. */
const WORDS: Readonly<Record<UpstreamFailure, string>> = {
  refused: 'The platform’s API accepts no connections: it is stopped, or starting.',
  reset: 'The platform’s API broke the connection before it answered.',
  timeout: 'The platform’s API did not answer in time.',
  tls: 'The platform’s API could not be reached safely: TLS failed.',
  name: 'The platform’s API was not found under its name.',
  closed: 'The platform’s API closed the connection before it answered.',
  other: 'The platform’s API gave an answer that cannot be passed on.',
};

/** For the operator, in the log: what to look at. `place` is the API's host and port. */
function advice(reason: UpstreamFailure, place: string): string {
  switch (reason) {
    case 'refused':
      return `nothing accepts connections at ${place}: start the API, or correct gateway.upstream`;
    case 'name':
      return `the name of ${place} cannot be resolved: correct gateway.upstream, or the name service`;
    case 'tls':
      return `TLS with ${place} failed: name its authority in gateway.upstream_ca_file, or correct gateway.upstream`;
    case 'timeout':
      return `${place} is too slow or cannot be reached: look at its load and at the network`;
    case 'reset':
    case 'closed':
      return `${place} ended connections with requests under way: look whether it restarts or runs out of memory`;
    case 'other':
      return `${place} answered what is no HTTP: correct gateway.upstream, or look at what it sent`;
  }
}

/** What the client is told. */
export function failureAnswer(reason: UpstreamFailure): Omit<OwnAnswer, 'requestId'> {
  return {
    ...{ status: reason === 'timeout' ? 504 : 502, code: `upstream_${reason}`, close: false },
    message: `${WORDS[reason]} Try again in a moment; if it stays so, give this request’s id to the operator.`,
  };
}

/** What the log is told: what it is about, fields and words, for a `QuietLog`. */
export function failureLine(
  reason: UpstreamFailure,
  error: unknown,
  requestId: string,
  place: string,
): [string, object, string] {
  const fields = { reason, error: messageOf(error), requestId };
  return [`upstream ${reason}`, fields, `the API failed: ${advice(reason, place)}`];
}
