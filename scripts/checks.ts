import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './root.ts';

/** A static check of the whole repository: a command that exits 0 when all is well. */
export interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Folder below the repository's root in which the command runs; the root when left out. */
  readonly folder?: string;
}

/** What `npm run lint` and `npm test` check before any test runs. */
export const checks: readonly Check[] = [
  { name: 'types', command: 'tsc', args: ['-b', '--pretty'] },
  { name: 'lint', command: 'eslint', args: ['.', '--max-warnings', '0'] },
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'generated files', command: 'node', args: ['scripts/generate/main.ts', '--check'] },
];

/** Runs the check with its output on the terminal; resolves true when it found nothing. */
export function runCheck(check: Check, stdio: 'inherit'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', check.command), check.args, {
      cwd: join(ROOT, check.folder ?? ''),
      stdio,
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}
