import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFormatFinder } from '../src/logs/formats/format-finder.ts';
import { createEntryReader, type EntryReader } from '../src/logs/reading/entry-reader.ts';
import { INGEST_PIPELINE } from '../src/logs/shipping/setup/ingest-pipeline.ts';
import { JAVA, MAVEN, type OpenSearch, startOpenSearch } from '../test/support/opensearch.ts';
import { findExecutable } from '../test/support/server.ts';
import { compareCpu, median } from './harness.ts';
import { processCpuMilliseconds } from './process-cpu.ts';
import { atLeast, info, report, type Row, skipped } from './rows.ts';

/** Times that the captured lines are read in one measurement; another number may be given, to try the bench out. */
const REPEATS = Number(process.argv[2] ?? 60);
const ROUNDS = 5;
/** Measurements that are thrown away, while Java compiles. */
const WARM_UP = 8;
const AT_ONCE = 4000;
const MEASURE = 'captured log lines parsed: cheaper by CPU than OpenSearch’s grok processors';
const TARGET = 5;
const CAPTURES = join(import.meta.dirname, '..', 'test', 'captures', 'logs');

const captures = readdirSync(CAPTURES).map((name) => ({
  name,
  lines: readFileSync(join(CAPTURES, name), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
}));

function readerOf(name: string): EntryReader {
  const clock = { wall: () => 0 };
  return createEntryReader({ service: name, fileKey: name, path: name, timezone: 'UTC', clock });
}

/** Reads every captured line so many times into finished entries, masks and ids included; `seen` gets each as it was written. */
function readAll(repeats: number, seen?: (raw: string) => void): void {
  for (const { name, lines } of captures) {
    const reader = readerOf(name);
    let offset = 0;
    for (let round = 0; round < repeats; round++)
      for (const text of lines) {
        for (const { raw } of reader.push({ text, offset, truncated: false })) seen?.(raw);
        offset += text.length + 1;
      }
    for (const { raw } of reader.flush()) seen?.(raw);
  }
}

/** Finds the format of every captured line so many times, and reads its fields: what grok does, and times. */
function parseAll(repeats: number): number {
  let parsed = 0;
  for (const { lines } of captures) {
    const { parse } = createFormatFinder();
    for (let round = 0; round < repeats; round++)
      for (const line of lines) if (parse(line) !== undefined) parsed++;
  }
  return parsed;
}

/** Bodies of `_bulk` with the entries as a shipper sends them, lines that belong together in one. */
function bodies(): string[] {
  const documents: string[] = [];
  readAll(REPEATS, (message) => documents.push(`{"create":{}}\n${JSON.stringify({ message })}\n`));
  return Array.from({ length: Math.ceil(documents.length / AT_ONCE) }, (_, index) =>
    documents.slice(index * AT_ONCE, (index + 1) * AT_ONCE).join(''),
  );
}

async function send(node: OpenSearch, method: string, path: string, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/x-ndjson' };
  const answer = await fetch(node.url + path, { method, headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
}

const { processors } = INGEST_PIPELINE;
/** What is dropped after its pipeline costs all but the index: what pipelines differ by is the work of their processors. */
const PIPELINES = {
  none: [{ drop: {} }],
  grok: [...processors.filter((processor) => 'grok' in processor), { drop: {} }],
  whole: [...processors, { drop: {} }],
};
const NAMES = ['none', 'grok', 'whole'] as const;

/** CPU milliseconds that the node needs for what each pipeline adds. */
async function ofProcessors(node: OpenSearch): Promise<{ grok: number; whole: number }> {
  for (const name of NAMES)
    await send(node, 'PUT', `/_ingest/pipeline/${name}`, JSON.stringify({ processors: PIPELINES[name] }));
  const all = bodies();
  const taken = { none: new Array<number>(), grok: new Array<number>(), whole: new Array<number>() };
  for (let round = -WARM_UP; round < ROUNDS; round++)
    for (const name of NAMES) {
      const before = await processCpuMilliseconds(node.pid());
      for (const body of all)
        await send(node, 'POST', `/bench/_bulk?filter_path=errors&pipeline=${name}`, body);
      if (round >= 0) taken[name].push((await processCpuMilliseconds(node.pid())) - before);
    }
  const plain = median(taken.none);
  return { grok: median(taken.grok) - plain, whole: median(taken.whole) - plain };
}

async function rows(): Promise<readonly Row[]> {
  for (const { names } of [JAVA, MAVEN])
    if (findExecutable(names) === undefined)
      return [skipped(MEASURE, `≥ ${TARGET} ×`, `${names.join(' or ')} is not installed`)];
  const node = await startOpenSearch({ quick: false });
  try {
    const { grok, whole } = await ofProcessors(node);
    const own = await compareCpu({ parser: () => parseAll(REPEATS), reader: () => readAll(REPEATS) });
    const lines = captures.reduce((sum, one) => sum + one.lines.length, 0) * REPEATS;
    return [
      atLeast(MEASURE, grok / own('parser'), TARGET, '×'),
      info(
        'the same read into finished entries, against its whole ingest pipeline',
        whole / own('reader'),
        '×',
      ),
      info('entries finished here, against grok processors alone', grok / own('reader'), '×'),
      info(
        'captured log lines through OpenSearch’s grok processors',
        (lines * 1000) / grok,
        'lines/s a core',
      ),
    ];
  } finally {
    await node.stop();
  }
}

report(await rows());
