import type { OpenedTrace, TraceSpan } from './openedTrace';

export const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
/** When the traces of tests begin, milliseconds since the epoch. */
export const TRACE_START = Date.parse('2026-11-23T14:02:11Z');

/** A span; `offset` and `duration` in milliseconds, tags by their names. */
export function traceSpan(
  spanId: string,
  parentId: string | null,
  [offset, duration]: readonly [number, number],
  {
    tags = {},
    ...more
  }: Partial<Omit<TraceSpan, 'tags'>> & {
    readonly tags?: Readonly<Record<string, string | number | boolean>>;
  } = {},
): TraceSpan {
  return {
    ...{ spanId, parentId, service: 'valtronics-api', operation: spanId, kind: 'internal' },
    ...{ start: TRACE_START + offset, duration, isFailed: false, serviceTags: [] },
    ...{ events: [], links: [], warnings: [] },
    ...more,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}

/** The request that every document is about: slow in the database, and failed there. */
export function slowRequest(): OpenedTrace {
  return {
    traceId: TRACE_ID,
    spans: [
      traceSpan('root', null, [0, 1240], {
        ...{ service: 'valtronics-gateway', operation: 'GET /api/v1/devices/{device_id}' },
        ...{ kind: 'server', isFailed: true },
        tags: {
          'http.response.status_code': 500,
          'valtronics.correlation_id': 'f3a1c0de-17',
          'valtronics.device.id': 'MOCK-1011',
        },
      }),
      traceSpan('upstream', 'root', [2, 1235], {
        ...{ service: 'valtronics-gateway', operation: 'GET', kind: 'client', isFailed: true },
      }),
      traceSpan('api', 'upstream', [4, 1230], {
        operation: 'GET /api/v1/devices/{device_id}',
        kind: 'server',
        isFailed: true,
      }),
      traceSpan('cache', 'api', [6, 3], { operation: 'GET device', kind: 'client' }),
      traceSpan('select', 'api', [14, 1200], {
        ...{ operation: 'SELECT telemetry_data', kind: 'client', isFailed: true },
        tags: { 'otel.status_description': 'canceling statement due to statement timeout' },
      }),
    ],
  };
}
