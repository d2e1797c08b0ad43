import { writeFileSync } from 'node:fs';
import { parseOptions, type SoakOptions, USAGE, UsageError } from './soak/options.ts';
import { reportOf, verdictLines } from './soak/report.ts';
import { createRun } from './soak/run.ts';
import { settle } from './soak/settle.ts';
import { startStack } from './soak/stack.ts';
import { verdictsOf } from './soak/verdicts.ts';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What the user wants: the first Ctrl-C ends the faults, a second one the waiting of the checks. */
interface Signals {
  readonly stopping: AbortSignal;
  readonly impatient: AbortSignal;
}

function signals(): Signals {
  const stopping = new AbortController();
  const impatient = new AbortController();
  const take = (): void => (stopping.signal.aborted ? impatient : stopping).abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, take);
  return { stopping: stopping.signal, impatient: impatient.signal };
}

/** Runs the soak; true when every check holds. */
async function soak(options: SoakOptions, { stopping, impatient }: Signals): Promise<boolean> {
  const stack = await startStack(options.devices, options.seed, say);
  try {
    const run = createRun(stack, options, say);
    await run.inject(stopping);
    const outcome = await settle(stack, run, options, say, impatient);
    const verdicts = verdictsOf(outcome);
    say(`\n${verdictLines(verdicts)}\n\nLogs: ${stack.folder}/logs`);
    const report = reportOf(outcome, verdicts);
    if (options.report !== undefined) writeFileSync(options.report, `${report}\n`);
    return verdicts.every(({ is }) => is !== 'bad');
  } finally {
    await stack.stop();
  }
}

/** `npm run soak`: the whole for hours, with faults. Exit status: 0 when every check holds, 1 if not, 2 for a bad option. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    say(USAGE);
    return 0;
  }
  try {
    return (await soak(parseOptions(args), signals())) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) process.stderr.write(`${USAGE}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exit(await main(process.argv.slice(2)));
