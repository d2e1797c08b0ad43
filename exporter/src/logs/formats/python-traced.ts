import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { isoTimeAt } from './line-time.ts';
import { continuationOf } from './sqlalchemy.ts';
import { spanIdAt, traceIdAt } from './trace-ids.ts';

const LONGEST_LEVEL = 9;
const TRACE = '] [trace_id=';
const SPAN = ' span_id=';
const SERVICE = ' resource.service.name=';
const SAMPLED = ' trace_sampled=';
const MESSAGE = '] - ';

function parse(line: string): ParsedLine | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || line.charCodeAt(found.end) !== 0x20) return undefined;
  const levelEnd = line.indexOf(' [', found.end + 1);
  if (levelEnd === -1 || levelEnd - found.end > LONGEST_LEVEL) return undefined;
  const levelText = line.slice(found.end + 1, levelEnd);
  const level = levelOf(levelText);
  const trace = line.indexOf(TRACE, levelEnd);
  const end = line.indexOf(MESSAGE, trace + 1);
  const loggerEnd = line.indexOf('] [', levelEnd);
  // Of the parts between, each is looked for in a text that ends where the message begins.
  const ids = trace === -1 || end === -1 ? '' : line.slice(trace + TRACE.length, end);
  const service = ids.indexOf(SERVICE);
  const sampled = ids.indexOf(SAMPLED, service);
  if (level === undefined || service === -1 || sampled === -1) return undefined;
  const logger = line.slice(levelEnd + 2, loggerEnd);
  const span = ids.indexOf(SPAN);
  return {
    time: found.time,
    level,
    levelText,
    logger,
    message: line.slice(end + MESSAGE.length),
    service: ids.slice(service + SERVICE.length, sampled),
    traceId: traceIdAt(ids, 0),
    spanId: span === -1 ? undefined : spanIdAt(ids, span + SPAN.length),
    continuation: continuationOf(logger),
  };
}

/** Python's root logger once OpenTelemetry instruments the backend with `OTEL_PYTHON_LOG_CORRELATION`. */
export const PYTHON_TRACED: LogFormat = {
  name: 'python-traced',
  title: "the backend's own messages, instrumented by OpenTelemetry",
  dataset: 'valtronics.api',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-29 23:08:24,753 WARNING [telemetry.mqtt_handler] [mqtt_handler.py:166] [trace_id=0af7651916cd43dd8448eb211c80319c span_id=9eb085ad617ea0d3 resource.service.name=valtronics-api trace_sampled=True] - Telemetry from unknown device: NOPE',
      expected: {
        time: { at: Date.UTC(2026, 10, 29, 23, 8, 24, 753), zoned: false },
        level: 'WARNING',
        levelText: 'WARNING',
        logger: 'telemetry.mqtt_handler',
        message: 'Telemetry from unknown device: NOPE',
        service: 'valtronics-api',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: '9eb085ad617ea0d3',
      },
    },
    {
      text: '2026-11-29 23:08:03,683 INFO [app.main_sqlite] [main_sqlite.py:81] [trace_id=0 span_id=0 resource.service.name=valtronics-api trace_sampled=False] - Starting Valtronics API (SQLite)...',
      expected: {
        time: { at: Date.UTC(2026, 10, 29, 23, 8, 3, 683), zoned: false },
        level: 'INFO',
        levelText: 'INFO',
        logger: 'app.main_sqlite',
        message: 'Starting Valtronics API (SQLite)...',
        service: 'valtronics-api',
      },
    },
    {
      text: '2026-11-29 23:08:24,640 INFO [sqlalchemy.engine.Engine] [base.py:2689] [trace_id=0af7651916cd43dd8448eb211c80319c span_id=9eb085ad617ea0d3 resource.service.name=valtronics-api trace_sampled=True] - SELECT devices.id AS devices_id \nFROM devices \n LIMIT ? OFFSET ?',
      expected: {
        time: { at: Date.UTC(2026, 10, 29, 23, 8, 24, 640), zoned: false },
        level: 'INFO',
        levelText: 'INFO',
        logger: 'sqlalchemy.engine.Engine',
        message: 'SELECT devices.id AS devices_id ',
        service: 'valtronics-api',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: '9eb085ad617ea0d3',
        continuation: 'any',
      },
    },
  ],
};
