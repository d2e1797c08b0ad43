import { runCheck } from './checks.ts';

/** `npm run build`: compiles each workspace into its `dist/`. */
const workspaces = ['exporter', 'simulator'];
const ok = await runCheck(
  { name: 'build', command: 'tsc', args: ['-b', ...workspaces.map((name) => `${name}/tsconfig.build.json`)] },
  'inherit',
);
process.exitCode = ok ? 0 : 1;
