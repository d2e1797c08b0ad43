import type { Check } from './checks.ts';

const workspaces = ['promql', 'exporter', 'simulator'];

/** What is compiled of the repository, in this order. */
export const builds: readonly Check[] = [
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
