import type { IncomingHttpHeaders } from 'node:http';

/** W3C's form: version, trace, parent, flags. */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;
/** What may stand in a line of a log as it is. */
const PLAIN = /^[\w.-]{1,64}$/;

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/**
 * The ids that a request came with, as a backend writes them that logs them: ` request_id=… trace_id=…`. Empty for a
 * request that nothing in front of the API has marked.
 */
export function requestIds(headers: IncomingHttpHeaders): string {
  const requestId = first(headers['x-request-id']);
  const traceId = TRACEPARENT.exec(first(headers['traceparent']))?.[1];
  const ids = PLAIN.test(requestId) ? ` request_id=${requestId}` : '';
  return traceId === undefined ? ids : `${ids} trace_id=${traceId}`;
}
