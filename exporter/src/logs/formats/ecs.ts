import type { LogFormat } from './format.ts';
import { jsonLine } from './json.ts';

/** JSON with the names of the Elastic Common Schema, nested or dotted, as the gateway and Elastic's libraries write it. */
export const ECS: LogFormat = {
  name: 'ecs',
  title: 'JSON of the Elastic Common Schema: the gateway, Elastic’s logging libraries',
  dataset: 'generic',
  begins: '{',
  parse: (line) =>
    line.startsWith('{"@timestamp"') || line.includes('"@timestamp"') ? jsonLine(line) : undefined,
  samples: [
    {
      text: '{"@timestamp":"2026-11-22T23:30:32.120Z","log.level":"error","message":"ingest stopped","service":{"name":"valtronics-api"},"trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"http":{"request":{"id":"req-7"}},"labels":{"device_id":"GATEWAY_001"},"event":{"dataset":"valtronics.api"}}',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 120), zoned: true },
        level: 'ERROR',
        levelText: 'error',
        message: 'ingest stopped',
        service: 'valtronics-api',
        dataset: 'valtronics.api',
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        correlationId: 'req-7',
        deviceId: 'GATEWAY_001',
      },
    },
    {
      text: '{"@timestamp":"2026-11-22T23:30:32.120Z","log.level":"info","event.dataset":"valtronics.gateway","service.name":"valtronics-gateway","http.request.method":"GET","url.original":"/api/v1/devices/7?full=1","http.response.status_code":200,"event.duration":12500000,"gateway.upstream_duration":12000000,"gateway.overhead_duration":500000,"http.request.id":"req-7","trace.id":"4bf92f3577b34da6a3ce929d0e0e4736","span.id":"00f067aa0ba902b7","client.ip":"10.0.0.7","user_agent.original":"curl/8.5","http.route":"/api/v1/devices/{device_id}","http.version":"1.1","http.request.body.bytes":0,"http.response.body.bytes":512}',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 120), zoned: true },
        level: 'INFO',
        levelText: 'info',
        message: 'GET /api/v1/devices/7?full=1 200',
        service: 'valtronics-gateway',
        dataset: 'valtronics.gateway',
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        spanId: '00f067aa0ba902b7',
        correlationId: 'req-7',
        request: {
          method: 'GET',
          url: '/api/v1/devices/7?full=1',
          status: 200,
          durationSeconds: 0.0125,
          upstreamSeconds: 0.012,
          overheadSeconds: 0.0005,
          clientIp: '10.0.0.7',
          bytes: 512,
          userAgent: 'curl/8.5',
        },
      },
    },
  ],
};
