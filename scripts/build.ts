import { builds } from './builds.ts';
import { runCheck } from './checks.ts';

/** `npm run build`: compiles each workspace into its `dist/`. */
let ok = true;
for (const build of builds) ok = (await runCheck(build, 'inherit')) && ok;
process.exitCode = ok ? 0 : 1;
