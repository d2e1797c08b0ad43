import { chromiumPath, launchChromium } from './support/chromium.ts';
import { install } from './grafana/api.ts';
import { drawnBy, KINDS, uidOf, type Kind } from './grafana/dashboards.ts';
import { visit, type Cost } from './grafana/visit.ts';

/**
 * What the status panel costs in a real Grafana with thousands of series, against a dashboard without a panel.
 * Needs `GRAFANA_URL` and an account that may write (`GRAFANA_USER`, `GRAFANA_PASSWORD`); `SERIES` and `ROUNDS`
 * change the size. The least of all rounds counts: what else the machine does only adds.
 */
const { GRAFANA_URL: url, GRAFANA_USER = 'admin', GRAFANA_PASSWORD = 'admin' } = process.env;
const series = Number(process.env.SERIES ?? 5000);
const rounds = Number(process.env.ROUNDS ?? 9);

/** What our panel may add to a dashboard without a panel. */
const MOST_LONG_TASKS_MS = 150;
const MOST_NODES = 200;

const executable = chromiumPath();
if (url === undefined || executable === undefined) {
  const missing = url === undefined ? 'GRAFANA_URL names no Grafana' : 'Chromium is not installed';
  console.log(`skipped: the panel is measured in a real Grafana, and ${missing}`);
  process.exit(0);
}

const remove = await install({ url, user: GRAFANA_USER, password: GRAFANA_PASSWORD }, series);
const browser = await launchChromium(executable);
try {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const costs = new Map<Kind, Cost[]>(KINDS.map((kind) => [kind, []]));
  const open = (kind: Kind): Promise<Cost> => visit(context, `${url}/d/${uidOf(kind)}`, drawnBy(kind));
  // The first visit fills the browser's cache with Grafana's scripts.
  for (const kind of KINDS) await open(kind);
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of KINDS) costs.get(kind)?.push(await open(kind));
  }
  const of = (kind: Kind, what: keyof Cost): number =>
    Math.min(...(costs.get(kind) ?? []).map((cost) => cost[what]));
  const row = (title: string, cells: readonly (string | number)[]): string =>
    title.padEnd(34) + cells.map((cell) => String(cell).padStart(14)).join('');
  console.log(`${series} series of five points in Grafana at ${url}; the least of ${rounds} visits`);
  console.log(row('', ['long tasks ms', 'DOM nodes']));
  const told = { none: 'no panel', canvas: 'panel that draws nothing', ours: 'device status', stat: 'stat' };
  for (const kind of KINDS) {
    const cells = (['longTasks', 'nodes'] as const).map((what) => Math.round(of(kind, what)));
    console.log(row(told[kind], cells));
  }
  const added = (what: keyof Cost, to: Kind): number => Math.round(of('ours', what) - of(to, what));
  const tasks = added('longTasks', 'none');
  const nodes = added('nodes', 'none');
  console.log(
    `Device status adds ${tasks} ms of long tasks and ${nodes} nodes to no panel, ${added('longTasks', 'canvas')} ms to a panel that draws nothing`,
  );
  const isMet = tasks <= MOST_LONG_TASKS_MS && nodes <= MOST_NODES;
  console.log(
    `target: at most ${MOST_LONG_TASKS_MS} ms and ${MOST_NODES} nodes: ${isMet ? 'met' : 'MISSED'}`,
  );
  process.exitCode = isMet ? 0 : 1;
} finally {
  await browser.close();
  await remove();
}
