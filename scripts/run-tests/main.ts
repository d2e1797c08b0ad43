import { checks, runCheck } from '../checks.ts';
import { type Counts, noCounts, runJest } from './jest.ts';
import { notTested } from './pinned.ts';

/**
 * `npm test`: static checks beside each other, then every Jest test of the repository. Arguments go to Jest and leave the
 * static checks out. Pinned images whose version no test here ran are named. The last line is `N passed, N failed, N skipped`.
 */
async function main(): Promise<Counts> {
  const counts = noCounts();
  const args = process.argv.slice(2);
  if (args.length === 0) {
    await Promise.all(
      checks.map(async (check) => {
        const ok = await runCheck(check, 'inherit');
        process.stdout.write(`${ok ? '✓' : '✕'} ${check.name}\n`);
        counts[ok ? 'passed' : 'failed'] += 1;
      }),
    );
  }
  const jest = await runJest(args);
  for (const reason of jest.skippedReasons) process.stdout.write(`skipped: ${reason}\n`);
  if (args.length === 0) for (const line of notTested()) process.stdout.write(`version: ${line}\n`);
  return {
    passed: counts.passed + jest.passed,
    failed: counts.failed + jest.failed,
    skipped: counts.skipped + jest.skipped,
  };
}

const { passed, failed, skipped } = await main();
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
