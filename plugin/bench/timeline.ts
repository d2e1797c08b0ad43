import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { watchLongTasks } from './support/long-tasks.ts';
import { servePage } from './support/serve.ts';
import { tasksDuring } from './support/tasks.ts';
import type { ShowHistory } from './timeline/page.tsx';

/** A measured time against what it may be, milliseconds. */
interface Row {
  readonly what: string;
  readonly milliseconds: number;
  readonly target: number;
}

const RUNS = 7;
const SCROLLS = 60;
/** Elements of the panel at most. */
const NODES = 300;

const executable = chromiumPath();
if (executable === undefined) {
  console.log(
    'skipped: the timeline is measured in Chromium, which is not installed (Debian: apt-get install chromium)',
  );
  process.exit(0);
}

const server = await servePage(dirname(dirname(fileURLToPath(import.meta.url))), 'bench/timeline/page.tsx');
const browser = await launchChromium(executable);
try {
  const tab = await browser.newPage({ viewport: { width: 1232, height: 832 } });
  await tab.addInitScript(watchLongTasks);
  await tab.goto(server.url);
  const dense = { rows: 1000, changes: 300, form: 'series', mode: 'dark', width: 1200, height: 800 } as const;
  const table = { ...dense, form: 'table' } as const;
  const wide = { ...dense, rows: 5000, changes: 100 } as const;
  type Shape = Omit<ShowHistory, 'seed'>;
  const rows: Row[] = [];
  const stage = (show: ShowHistory) => tab.evaluate((value) => window.timelinePage.stage(value), show);
  /** What the main thread computed in its longest task: other programs on the machine do not add to it. */
  const computed = async (act: () => Promise<unknown>): Promise<number> => {
    const tasks = await tasksDuring(browser, tab, act);
    const longest = Math.max(0, ...tasks.map((task) => task.computed));
    // Chromium loses a trace now and then.
    return longest === 0 ? Infinity : longest;
  };
  const measure = async (
    what: string,
    target: number,
    shape: Shape,
    name: 'prepare' | 'refresh',
    before: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> => {
    const times: number[] = [];
    for (let seed = 0; seed < RUNS; seed += 1) {
      const show = { ...shape, seed };
      await before();
      await stage(show);
      times.push(
        await computed(() =>
          tab.evaluate(([method, value]) => window.timelinePage[method](value), [name, show] as const),
        ),
      );
    }
    rows.push({ what, target, milliseconds: Math.min(...times) });
  };
  const clear = () => tab.evaluate(() => window.timelinePage.clear());
  const calibration = Math.min(
    ...(await Promise.all(
      Array.from({ length: RUNS }, () => tab.evaluate(() => window.timelinePage.calibrate())),
    )),
  );
  await measure('1,000 × 300 in series: data preparation', 150, dense, 'prepare');
  await measure('1,000 × 300 in one table: data preparation', 150, table, 'prepare');
  await measure('1,000 × 300: first paint, preparation included', 250, dense, 'refresh', clear);
  await measure('1,000 × 300: refresh', 250, dense, 'refresh');
  const frames: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const tasks = await tasksDuring(browser, tab, () =>
      tab.evaluate((steps) => window.timelinePage.scroll(steps), SCROLLS),
    );
    frames.push(tasks.reduce((sum, task) => sum + task.computed, 0) / SCROLLS);
  }
  rows.push({ what: '1,000 × 300: a frame of scrolling', target: 8, milliseconds: Math.min(...frames) });
  await measure('5,000 × 100: data preparation', 200, wide, 'prepare');
  await measure('5,000 × 100: first paint in one task', 200, wide, 'refresh', clear);
  const nodes = await tab.evaluate(() => document.querySelectorAll('main *').length);
  console.log(
    `Device timeline in Chromium, computed by the main thread; calibration loop ${calibration.toFixed(1)} ms`,
  );
  for (const { what, milliseconds, target } of rows) {
    const verdict = milliseconds <= target ? 'ok' : 'SLOW';
    console.log(
      `${what.padEnd(50)} ${milliseconds.toFixed(1).padStart(7)} ms  target ${String(target).padStart(3)}  ${verdict}`,
    );
  }
  console.log(`elements of the panel with 5,000 rows: ${nodes} (at most ${NODES})`);
} finally {
  await browser.close();
  await server.close();
}
