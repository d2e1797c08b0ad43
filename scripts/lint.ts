import { checks, runCheck } from './checks.ts';

/** `npm run lint`: the static checks, all of them even when one fails. */
const results = await Promise.all(checks.map((check) => runCheck(check, 'inherit')));
process.exitCode = results.every((ok) => ok) ? 0 : 1;
