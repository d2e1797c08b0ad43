import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { isProgramMissing } from './go-peer.ts';
import {
  renewRows,
  replaceResults,
  resultSection,
  resultsOf,
  type Circumstances,
} from './performance-page.ts';
import { type Row, VERDICTS } from './rows.ts';

const run = promisify(execFile);
const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'performance.md');

const ROWS: z.ZodType<Row[]> = z.array(
  z.object({
    measure: z.string(),
    value: z.string(),
    target: z.string(),
    verdict: z.enum(VERDICTS),
  }),
);

/**
 * Runs one bench in a process of its own, so that none warms or litters the heap of the next, and returns
 * the rows that it reports; one that only prints has none.
 */
async function runBench(file: string): Promise<readonly Row[]> {
  console.log(`\n${file}`);
  const { stdout, stderr } = await run(process.execPath, ['--expose-gc', join(import.meta.dirname, file)]);
  const lines = stdout.trimEnd().split('\n');
  const last = lines.at(-1) ?? '';
  const reports = last.startsWith('[');
  console.log((reports ? lines.slice(0, -1) : lines).join('\n').trimEnd() + (stderr && `\n${stderr}`));
  return reports ? ROWS.parse(JSON.parse(last)) : [];
}

async function goVersion(): Promise<string> {
  try {
    const { stdout } = await run('go', ['env', 'GOVERSION']);
    return stdout.trim();
  } catch (error) {
    return isProgramMissing(error) ? 'no Go' : 'Go does not run';
  }
}

async function circumstances(): Promise<Circumstances> {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB`,
    runtimes: `Node ${process.versions.node}, ${await goVersion()}`,
  };
}

/** Names, or parts of them, of the benches that shall run; all of them without. */
const wanted = process.argv.slice(2);
const all = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.bench.ts')).sort();
const files = all.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (files.length === 0) throw new Error(`no bench is named so: ${wanted.join(', ')}`);
const rows: Row[] = [];
for (const file of files) rows.push(...(await runBench(file)));

const page = await readFile(PAGE, 'utf8');
const now = await circumstances();
const names = files.map((name) => name.replace('.bench.ts', ''));
const section =
  files.length === all.length ? resultSection(rows, now) : renewRows(resultsOf(page), rows, names, now);
await writeFile(PAGE, replaceResults(page, section));
const missed = rows.filter(({ verdict }) => verdict === 'missed');
console.log(`\n${PAGE} written; ${rows.length} rows, ${missed.length} targets missed`);
process.exitCode = missed.length === 0 ? 0 : 1;
