import type { LogFormat } from './format.ts';
import { jsonLine } from './json.ts';

/** JSON with the names of the Elastic Common Schema, nested or dotted. */
export const ECS: LogFormat = {
  name: 'ecs',
  title: 'JSON of the Elastic Common Schema',
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
  ],
};
