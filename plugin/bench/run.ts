import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, Show } from './page/page.tsx';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { servePage } from './support/serve.ts';

/** A measured time against what it may be: milliseconds on a machine like ours, and a share of the calibration loop. */
interface Row {
  readonly what: string;
  readonly milliseconds: number;
  readonly target: number;
}

const RUNS = 7;

const executable = chromiumPath();
if (executable === undefined) {
  console.log(
    'skipped: the panel is measured in Chromium, which is not installed (Debian: apt-get install chromium)',
  );
  process.exit(0);
}

const server = await servePage(dirname(dirname(fileURLToPath(import.meta.url))));
const browser = await launchChromium(executable);
try {
  const tab = await browser.newPage({ viewport: { width: 1232, height: 832 } });
  await tab.goto(server.url);
  const measure = async (
    work: (show: Show) => Promise<number>,
    show: Omit<Show, 'seed'>,
  ): Promise<number> => {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await work({ ...show, seed: run }));
    // The least disturbed run: what else the machine does only adds.
    return Math.min(...times);
  };
  const call = (name: 'firstPaint' | 'refresh' | 'again') => (show: Show) =>
    tab.evaluate(([method, value]) => window.page[method](value), [name, show] as const);
  const prepare = (kind: keyof ReturnType<Page['prepare']>) => async (show: Show) =>
    (await tab.evaluate((value) => window.page.prepare(value), show))[kind];
  const hover = async (show: Show): Promise<number> => {
    await tab.evaluate((value) => window.page.show(value), show);
    return tab.evaluate((seed) => {
      const box = document.querySelector('[data-testid="device-grid"]');
      if (box === null) throw new Error('the grid is not there');
      const { left, top } = box.getBoundingClientRect();
      const start = performance.now();
      for (let step = 0; step < 50; step += 1) {
        const at = {
          clientX: left + 40 + ((step * 21 + seed) % 900),
          clientY: top + 60 + ((step * 13) % 500),
        };
        box.dispatchEvent(new PointerEvent('pointermove', { ...at, bubbles: true }));
      }
      return (performance.now() - start) / 50;
    }, show.seed);
  };

  const table = { form: 'table', count: 10_000, mode: 'dark', width: 1200, height: 800 } as const;
  const series = { ...table, form: 'series' } as const;
  const grouped = { ...table, options: { groupBy: 'location' } } as const;
  const huge = { ...table, count: 20_000 } as const;
  const calibration = Math.min(
    ...(await Promise.all(Array.from({ length: RUNS }, () => tab.evaluate(() => window.page.calibrate())))),
  );
  const rows: Row[] = [
    {
      what: '10,000 rows: data preparation, first',
      target: 50,
      milliseconds: await measure(prepare('cold'), table),
    },
    {
      what: '10,000 rows: data preparation, refresh',
      target: 50,
      milliseconds: await measure(prepare('warm'), table),
    },
    {
      what: '10,000 series: data preparation, first',
      target: 50,
      milliseconds: await measure(prepare('cold'), series),
    },
    { what: '10,000 rows: first paint', target: 100, milliseconds: await measure(call('firstPaint'), table) },
    {
      what: '10,000 rows in groups: first paint',
      target: 100,
      milliseconds: await measure(call('firstPaint'), grouped),
    },
    { what: '10,000 rows: refresh', target: 16, milliseconds: await measure(call('refresh'), table) },
    {
      what: '10,000 rows: nothing new',
      target: 4,
      milliseconds: await measure(async (show) => {
        await tab.evaluate((value) => window.page.show(value), show);
        return call('again')(show);
      }, table),
    },
    { what: '10,000 rows: hover', target: 4, milliseconds: await measure(hover, table) },
    { what: '20,000 rows: first paint', target: 200, milliseconds: await measure(call('firstPaint'), huge) },
    { what: '20,000 rows: refresh', target: 200, milliseconds: await measure(call('refresh'), huge) },
  ];
  console.log(`Device status panel in Chromium; calibration loop ${calibration.toFixed(1)} ms`);
  for (const { what, milliseconds, target } of rows) {
    const ratio = milliseconds / calibration;
    const verdict = milliseconds <= target ? 'ok' : 'SLOW';
    console.log(
      `${what.padEnd(42)} ${milliseconds.toFixed(1).padStart(7)} ms  target ${String(target).padStart(3)}  ratio ${ratio.toFixed(2).padStart(6)}  ${verdict}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}
