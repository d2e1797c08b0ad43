import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../root.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export function noCounts(): Counts {
  return { passed: 0, failed: 0, skipped: 0 };
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ status: z.string(), ancestorTitles: z.array(z.string()) })),
    }),
  ),
});

function jestProcess(args: readonly string[], output: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        '--import',
        join(import.meta.dirname, 'worker-exit.ts'),
        join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--json',
        `--outputFile=${output}`,
        ...args,
      ],
      // Jest's report also goes to standard output with --json: only its readable part, on standard error, is shown.
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs Jest over the repository; a suite that could not even start counts as one failure. */
export async function runJest(
  args: readonly string[],
): Promise<Counts & { skippedReasons: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'valtronics-jest-'));
  try {
    const output = join(folder, 'report.json');
    const status = await jestProcess(args, output);
    const result = report.parse(JSON.parse(readFileSync(output, 'utf8')));
    const skippedSuites = result.testResults
      .flatMap((suite) => suite.assertionResults)
      .filter((test) => test.status === 'pending')
      .map(
        ({ ancestorTitles: titles }) =>
          titles.find((title) => title.includes('[skipped: ')) ?? titles[0] ?? '',
      );
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed: failed === 0 && status !== 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
      skippedReasons: [...new Set(skippedSuites)],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
