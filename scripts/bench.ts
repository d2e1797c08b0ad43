import { type Check, runCheck } from './checks.ts';

/** Parts of names of the exporter's benches, after `--`: only these run then. */
const names = process.argv.slice(2);
const ofApp: readonly Check[] = [
  {
    name: 'plugin',
    command: 'node',
    args: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'plugin/bench/run.ts'],
  },
  {
    name: 'timeline panel',
    command: 'node',
    args: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'plugin/bench/timeline.ts'],
  },
  {
    name: 'alerts page',
    command: 'node',
    args: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'plugin/bench/alerts.ts'],
  },
];

const benches: readonly Check[] = [
  { name: 'exporter', command: 'node', args: ['exporter/bench/run.ts', ...names] },
  ...(names.length === 0 ? ofApp : []),
];

/** `npm run bench`: every benchmark of the repository, one after another, as times and as ratios to a calibration. */
let ok = true;
for (const bench of benches) ok = (await runCheck(bench, 'inherit')) && ok;
process.exitCode = ok ? 0 : 1;
