import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceResults } from '../../exporter/bench/performance-page.ts';
import { atMost, info, markdownTable, type Row } from '../../exporter/bench/rows.ts';
import type { AlertWorld } from './alerts/answers.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { watchLongTasks } from './support/long-tasks.ts';
import { servePage } from './support/serve.ts';
import { tasksDuring, untilQuiet, type Task } from './support/tasks.ts';

/**
 * What a refresh of the alerts page costs with 10,000 alerts that all three sources show. Writes its rows into
 * `docs/performance.md`; fails when a target is missed.
 */
const COUNT = 10_000;
const ROUNDS = 6;
/** What the main thread may compute a refresh, milliseconds. */
const TARGET = 200;

const plugin = dirname(dirname(fileURLToPath(import.meta.url)));
const PAGE = join(plugin, '..', 'docs', 'performance.md');

const executable = chromiumPath();
if (executable === undefined) {
  console.log('skipped: the alerts page is measured in Chromium, which is not installed');
  process.exit(0);
}

const server = await servePage(plugin, 'bench/alerts/page.tsx', 'test/support/runtime.tsx');
const browser = await launchChromium(executable);
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.addInitScript(watchLongTasks);
  await page.goto(server.url);
  const tasksOf = (act: () => Promise<unknown>): Promise<Task[]> =>
    tasksDuring(browser, page, async () => {
      await act();
      await page.waitForTimeout(500);
      await untilQuiet(page);
    });
  const answer = async (world: AlertWorld): Promise<void> => {
    await page.evaluate((value) => window.alertsPage.answer(value), world);
    await untilQuiet(page);
  };
  const refresh = (): Promise<Task[]> => tasksOf(() => page.evaluate(() => window.alertsPage.refresh()));

  await answer({ count: COUNT, replaced: 0, looks: 0 });
  const first = await tasksOf(async () => {
    await page.evaluate(() => window.alertsPage.mount());
    await page.getByText(/of 10,000 alerts/).waitFor();
  });
  const changed: Task[][] = [];
  const same: Task[][] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    await answer({ count: COUNT, replaced: COUNT / 100, looks: round });
    changed.push(await refresh());
    same.push(await refresh());
  }

  const computed = (tasks: readonly Task[]): number => tasks.reduce((sum, task) => sum + task.computed, 0);
  // The least disturbed round: what else the machine does only adds.
  const least = (rounds: readonly (readonly Task[])[]): number => Math.min(...rounds.map(computed));
  const longest = Math.min(
    ...[...changed, ...same].map((tasks) => Math.max(...tasks.map((task) => task.computed))),
  );
  const rows: Row[] = [
    atMost('refresh, 1 % other alerts and all times new', least(changed), TARGET, 'ms'),
    atMost('refresh, nothing new', least(same), TARGET, 'ms'),
    info('longest task of a refresh', longest, 'ms'),
    info('the page with its first picture', computed(first), 'ms'),
  ];
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  const section = `Taken on ${date} on ${machine}; Chromium ${browser.version()}.\n\n${markdownTable(rows)}`;
  console.log(markdownTable(rows));
  await writeFile(PAGE, replaceResults(await readFile(PAGE, 'utf8'), section, 'bench-alerts'));
  if (rows.some(({ verdict }) => verdict === 'missed')) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
