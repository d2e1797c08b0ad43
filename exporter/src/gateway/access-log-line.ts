import { NO_TRACE_ID } from '../trace/tracer.ts';
import type { ServedRequest } from './served-request.ts';

const NANOSECONDS = 1e6;
/** Longer addresses and names of programs are cut: a line stays one that every reader of logs takes. */
const LONGEST = 2048;

const nanoseconds = (milliseconds: number): number => Math.round(milliseconds * NANOSECONDS);
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/**
 * A line of the gateway's access log: one JSON object with the dotted names of the Elastic Common Schema, durations in
 * nanoseconds, and our own below `gateway.`. Documented in docs/gateway.md; read by `logs/formats` and `access-line`.
 */
export function accessLogLine(request: ServedRequest, service: string): string {
  const { span, userAgent, failure, aborted, retried } = request;
  const traced = span.context.traceId !== NO_TRACE_ID;
  return JSON.stringify({
    '@timestamp': new Date(request.startedAt).toISOString(),
    'log.level': failure === undefined ? 'info' : 'error',
    'event.dataset': 'valtronics.gateway',
    'service.name': service,
    'http.request.method': request.method,
    'url.original': cut(request.target),
    'http.response.status_code': request.status,
    'event.duration': nanoseconds(request.duration),
    'gateway.upstream_duration': nanoseconds(request.upstream),
    'gateway.overhead_duration': nanoseconds(request.overhead),
    'http.request.id': request.requestId,
    ...(traced ? { 'trace.id': span.context.traceId, 'span.id': span.context.spanId } : {}),
    'client.ip': request.clientAddress,
    'user_agent.original': userAgent === undefined ? undefined : cut(userAgent),
    'http.route': request.route,
    'http.version': request.httpVersion,
    'http.request.body.bytes': request.requestBytes,
    'http.response.body.bytes': request.responseBytes,
    'gateway.failure': failure,
    'gateway.aborted': aborted || undefined,
    'gateway.retried': retried || undefined,
  });
}
