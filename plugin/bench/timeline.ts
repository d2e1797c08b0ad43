import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { watchLongTasks } from './support/long-tasks.ts';
import { servePage } from './support/serve.ts';
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
  const least = async (call: (seed: number) => Promise<number>): Promise<number> => {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await call(run));
    // The least disturbed run: what else the machine does only adds.
    return Math.min(...times);
  };
  const call =
    (name: 'prepare' | 'firstPaint' | 'refresh', show: Omit<ShowHistory, 'seed'>) => (seed: number) =>
      tab.evaluate(([method, value]) => window.timelinePage[method](value), [
        name,
        { ...show, seed },
      ] as const);
  const calibration = await least(() => tab.evaluate(() => window.timelinePage.calibrate()));
  const rows: Row[] = [];
  const measure = async (what: string, target: number, work: (seed: number) => Promise<number>) => {
    rows.push({ what, target, milliseconds: await least(work) });
  };
  await measure('1,000 × 300 in series: data preparation', 150, call('prepare', dense));
  await measure('1,000 × 300 in one table: data preparation', 150, call('prepare', table));
  await measure('1,000 × 300: first paint, preparation included', 250, call('firstPaint', dense));
  await measure('1,000 × 300: refresh', 250, call('refresh', dense));
  await tab.evaluate((show) => window.timelinePage.show(show), { ...dense, seed: 1 });
  await measure('1,000 × 300: scroll frame, the middle one', 8, async () => {
    const times = await tab.evaluate((steps) => window.timelinePage.scroll(steps), SCROLLS);
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  });
  await measure('5,000 × 100: data preparation', 200, call('prepare', wide));
  await measure('5,000 × 100: first paint in one task', 200, call('firstPaint', wide));
  const nodes = await tab.evaluate(() => document.querySelectorAll('main *').length);
  console.log(`Device timeline in Chromium; calibration loop ${calibration.toFixed(1)} ms`);
  for (const { what, milliseconds, target } of rows) {
    const verdict = milliseconds <= target ? 'ok' : 'SLOW';
    const ratio = milliseconds / calibration;
    console.log(
      `${what.padEnd(50)} ${milliseconds.toFixed(1).padStart(7)} ms  target ${String(target).padStart(3)}  ratio ${ratio.toFixed(2).padStart(6)}  ${verdict}`,
    );
  }
  console.log(`elements of the panel with 5,000 rows: ${nodes} (at most ${NODES})`);
} finally {
  await browser.close();
  await server.close();
}
