import { fleetAnswer } from './fleet/answers.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { watchLongTasks } from './support/long-tasks.ts';
import { tasksDuring, untilQuiet, type Task } from './support/tasks.ts';

/**
 * How long the fleet page blocks in a real Grafana with a large fleet. Prometheus' answers are put in by the
 * browser: the page, Grafana and the plugin's bundle are the real ones. Needs `GRAFANA_URL`; `DEVICES` and
 * `ROUNDS` change the size.
 */
const { GRAFANA_URL: url } = process.env;
const devices = Number(process.env.DEVICES ?? 20_000);
const rounds = Number(process.env.ROUNDS ?? 5);
/** No task may be longer, milliseconds. */
const TARGET = 200;

const executable = chromiumPath();
if (url === undefined || executable === undefined) {
  const missing = url === undefined ? 'GRAFANA_URL names no Grafana' : 'Chromium is not installed';
  console.log(`skipped: the fleet page is measured in a real Grafana, and ${missing}`);
  process.exit(0);
}

const SEARCH = 'Search by id, name or location';

const browser = await launchChromium(executable);
try {
  const steps = new Map<string, Task[]>();
  for (let round = 0; round <= rounds; round += 1) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1100 } });
    let seed = round;
    let isHeld = true;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/resources/api/v1/query', async (route) => {
      if (isHeld) await held;
      const query = new URLSearchParams(route.request().postData() ?? '').get('query') ?? '';
      await route.fulfill({ json: fleetAnswer(query, devices, seed) });
    });
    await page.addInitScript(watchLongTasks);
    await page.goto(`${url}/a/valtronics-monitoring-app/fleet?refresh=off`);
    await page.getByRole('button', { name: 'Kiosk' }).waitFor({ timeout: 90_000 });
    const shown = page.locator('[data-testid="device-grid"] canvas');
    const measure = async (step: string, act: () => Promise<unknown>): Promise<void> => {
      const tasks = await tasksDuring(browser, page, async () => {
        await act();
        await page.waitForTimeout(500);
        await untilQuiet(page);
      });
      const longest = tasks.reduce((most, task) => (task.computed > most.computed ? task : most));
      // The first round warms Grafana up.
      if (round > 0) steps.set(step, [...(steps.get(step) ?? []), longest]);
    };
    // Grafana's own start is over before the fleet arrives.
    await untilQuiet(page);
    await measure('the fleet arrives', async () => {
      isHeld = false;
      release();
      await shown.waitFor();
    });
    await measure('refresh', async () => {
      seed += 1000;
      const answer = page.waitForResponse(/api\/v1\/query$/);
      await page.getByRole('button', { name: 'Refresh', exact: true }).click();
      await answer;
    });
    const search = page.getByRole('searchbox', { name: SEARCH });
    await measure('search: typing', () => search.pressSequentially('room 7', { delay: 60 }));
    await measure('search: clearing', () => page.getByRole('button', { name: 'Clear' }).click());
    await measure('sort by name', () =>
      page.getByRole('columnheader', { name: 'Device' }).getByRole('button').click(),
    );
    await page.close();
  }
  console.log(
    `Fleet page with ${devices} devices in Grafana at ${url}; longest task of ${rounds} rounds each`,
  );
  for (const [step, tasks] of steps) {
    // The least disturbed round: what else the machine does only adds.
    const computed = Math.min(...tasks.map((task) => task.computed));
    const wall = Math.min(...tasks.map((task) => task.wall));
    const verdict = computed <= TARGET ? 'ok' : 'SLOW';
    const all = tasks.map((task) => Math.round(task.computed)).join(' ');
    const cells = [step.padEnd(20), `${computed.toFixed(0).padStart(5)} ms computed`];
    console.log(
      `${cells.join('')}  ${wall.toFixed(0).padStart(5)} ms in all  target ${TARGET}  ${verdict}  (${all})`,
    );
  }
} finally {
  await browser.close();
}
