import type { LogFormat, ParsedLine } from './format.ts';
import { jsonLine, objectOf } from './json.ts';
import { readLogObject } from './json-object.ts';

const BEGIN = '{"timestamp": "';
/** The message is the last key. */
const MESSAGE = ', "message": "';
const END = '"}';

/** The message is put in as it is: quotes and line breaks in it make invalid JSON, of which all but the message is sound. */
function repaired(line: string): ParsedLine | undefined {
  const place = line.indexOf(MESSAGE);
  if (place === -1) return undefined;
  const object = objectOf(`${line.slice(0, place)}}`);
  const parsed = object === undefined ? undefined : readLogObject(object);
  if (parsed === undefined) return undefined;
  const start = place + MESSAGE.length;
  const ends = line.endsWith(END);
  const message = line.slice(start, ends ? line.length - END.length : line.length);
  return ends ? { ...parsed, message } : { ...parsed, message, continuation: { until: END } };
}

function parse(line: string): ParsedLine | undefined {
  return line.startsWith(BEGIN) ? (jsonLine(line) ?? repaired(line)) : undefined;
}

const TIME = { at: Date.UTC(2026, 10, 22, 23, 33, 38), zoned: false };

/** The formatter `json` of the platform's logging.yaml. */
export const VALTRONICS_JSON: LogFormat = {
  name: 'valtronics-json',
  title: "the platform's logging.yaml: json",
  dataset: 'valtronics.api',
  begins: '{',
  parse,
  samples: [
    {
      text: '{"timestamp": "2026-11-22T23:33:38", "level": "WARNING", "logger": "app.api.x", "file": "logtest.py", "line": 14, "message": "plain"}',
      expected: { time: TIME, level: 'WARNING', levelText: 'WARNING', logger: 'app.api.x', message: 'plain' },
    },
    {
      text: '{"timestamp": "2026-11-22T23:33:38", "level": "ERROR", "logger": "app.api.x", "file": "logtest.py", "line": 14, "message": "no key "status" in {"id": 7}"}',
      expected: {
        time: TIME,
        level: 'ERROR',
        levelText: 'ERROR',
        logger: 'app.api.x',
        message: 'no key "status" in {"id": 7}',
      },
    },
    {
      text: [
        '{"timestamp": "2026-11-22T23:33:38", "level": "ERROR", "logger": "app.api.x", "file": "logtest.py", "line": 14, "message": "1 validation error for Alert',
        'severity',
        '  field required (type=value_error.missing)"}',
      ].join('\n'),
      expected: {
        time: TIME,
        level: 'ERROR',
        levelText: 'ERROR',
        logger: 'app.api.x',
        message: '1 validation error for Alert',
        continuation: { until: END },
      },
    },
  ],
};
