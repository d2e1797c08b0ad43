import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEntryReader, type EntryReader } from '../src/logs/reading/entry-reader.ts';
import { compareCpu } from './harness.ts';
import { atLeast, atMost, info, report } from './rows.ts';

const CAPTURES = join(import.meta.dirname, '..', 'test', 'captures', 'logs');
const REPEATS = 100;
const JSON_LINES = 60_000;
/** Times that they are read in one measurement: long enough for the heap to find its size again. */
const JSON_REPEATS = 5;
const WALL = Date.UTC(2026, 10, 29, 12);

/** One captured file: its lines, in order. */
interface Capture {
  readonly name: string;
  readonly lines: readonly string[];
}

const captures: readonly Capture[] = readdirSync(CAPTURES)
  .sort()
  .map((name) => ({
    name,
    lines: readFileSync(join(CAPTURES, name), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  }));
const lineCount = captures.reduce((sum, { lines }) => sum + lines.length, 0) * REPEATS;

function readerOf(name: string): EntryReader {
  return createEntryReader({
    service: name,
    fileKey: name,
    path: name,
    timezone: 'UTC',
    clock: { wall: () => WALL },
  });
}

/** Reads lines from their text to finished entries, masks and ids included. */
function readAll(reader: EntryReader, lines: readonly string[], repeats: number): number {
  let entries = 0;
  let offset = 0;
  for (let round = 0; round < repeats; round++) {
    for (const text of lines) {
      entries += reader.push({ text, offset, truncated: false }).length;
      offset += text.length + 1;
    }
  }
  return entries + reader.flush().length;
}

const time = (index: number): string => new Date(WALL + index).toISOString();

/** What each of the programs writes whose logs are JSON; the lines of one are in one file. */
const WRITERS: readonly ((index: number) => string)[] = [
  // The exporter itself.
  (index) =>
    `{"level":"info","time":"${time(index)}","collector":"mqtt","target":"mqtt://broker:1883","points":${index},"msg":"collector works"}`,
  // pino-http in front of a Node service.
  (index) =>
    `{"level":30,"time":${WALL + index},"pid":417,"hostname":"edge-1","req":{"id":${index},"method":"GET","url":"/api/v1/devices/${index}?limit=5","query":{"limit":"5"},"headers":{"host":"edge-1:8002","user-agent":"curl/8.5","accept":"*/*"},"remoteAddress":"10.0.0.7","remotePort":51261},"res":{"statusCode":200,"headers":{"content-type":"application/json; charset=utf-8"}},"responseTime":12,"msg":"request completed"}`,
  // The Elastic Common Schema with what Filebeat adds.
  (index) =>
    `{"@timestamp":"${time(index)}","log.level":"warning","message":"Telemetry from unknown device ${index}","service":{"name":"valtronics-api","environment":"production"},"event":{"dataset":"valtronics.api"},"process":{"pid":417},"host":{"name":"edge-1","os":{"family":"debian","kernel":"6.1.0"}},"agent":{"type":"filebeat","version":"8.19.0"},"ecs":{"version":"8.11.0"},"log.logger":"telemetry.mqtt_handler"}`,
];
const jsonFiles = WRITERS.map((write) =>
  Array.from({ length: JSON_LINES / WRITERS.length }, (_, index) => write(index)),
);

const cpu = await compareCpu({
  captures: () => {
    for (const { name, lines } of captures) readAll(readerOf(name), lines, REPEATS);
  },
  json: () => {
    for (const lines of jsonFiles) readAll(readerOf('json'), lines, JSON_REPEATS);
  },
  parse: () => {
    for (const lines of jsonFiles)
      for (let round = 0; round < JSON_REPEATS; round++) for (const line of lines) JSON.parse(line);
  },
});

const perSecond = (milliseconds: number, lines: number): number => (lines * 1000) / milliseconds;

report([
  atLeast(
    'captured log lines read into entries',
    perSecond(cpu('captures'), lineCount),
    150_000,
    'lines/s a core',
  ),
  atMost('JSON log lines read into entries: CPU against JSON.parse', cpu('json') / cpu('parse'), 3, '×'),
  info(
    'JSON log lines read into entries',
    perSecond(cpu('json'), JSON_LINES * JSON_REPEATS),
    'lines/s a core',
  ),
]);
