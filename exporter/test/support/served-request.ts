import type { ServedRequest } from '../../src/gateway/served-request.ts';
import { NO_TRACER } from '../../src/trace/tracer.ts';

/** A request that the gateway served, as its observer is told of it. */
export function servedRequest(parts: Partial<ServedRequest> = {}): ServedRequest {
  return {
    ...{ method: 'GET', target: '/api/v1/devices/7?full=1', path: '/api/v1/devices/7' },
    route: '/api/v1/devices/{device_id}',
    ...{ httpVersion: '1.1', scheme: 'http', host: 'api:8000', userAgent: 'curl/8.5' },
    ...{ clientAddress: '10.0.0.7', peerAddress: '10.0.0.1' },
    ...{ status: 200, requestId: 'req-7', failure: undefined, aborted: false, retried: false },
    startedAt: Date.UTC(2026, 10, 22, 23, 30, 32, 120),
    ...{ duration: 12.5, upstreamHead: 11, upstream: 12, overhead: 0.5 },
    ...{ requestBytes: 0, responseBytes: 512 },
    span: NO_TRACER.start('GET /api/v1/devices/{device_id}'),
    ...parts,
  };
}
