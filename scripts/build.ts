import { type Check, runCheck } from './checks.ts';

const workspaces = ['promql', 'exporter', 'simulator'];
const builds: readonly Check[] = [
  {
    name: 'servers',
    command: 'tsc',
    args: ['-b', ...workspaces.map((name) => `${name}/tsconfig.build.json`)],
  },
  {
    name: 'plugin',
    command: 'webpack',
    args: ['-c', './webpack.config.ts', '--env', 'production'],
    folder: 'plugin',
  },
];

/** `npm run build`: compiles each workspace into its `dist/`. */
let ok = true;
for (const build of builds) ok = (await runCheck(build, 'inherit')) && ok;
process.exitCode = ok ? 0 : 1;
