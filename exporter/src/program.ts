import { messageOf } from './base/errors.ts';
import { SettingsError } from './config/errors.ts';
import type { LoadedSettings } from './config/load.ts';
import { type FindFaults, usableSettings } from './check-settings.ts';
import type { Logger } from './log/logger.ts';

/** Exit status for settings that cannot be used. */
const BAD_SETTINGS = 2;

/** A line for whoever started the program. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Node's own warnings as lines of the log, where everything else is JSON. */
export function logWarnings(logger: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    // node:sqlite is still marked so in this release; whoever runs the exporter can do nothing about it.
    const level = name === 'ExperimentalWarning' ? 'debug' : 'warn';
    logger[level]({ warning: name, message }, 'Node warns');
  });
}

/** Resolves with the first signal that asks to stop. More of them are ignored: Ctrl-C reaches a whole process group, and each parent hands it on. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}

/** What runs until it is told to stop. */
export interface RunningProgram {
  /** Rejects after it has logged why. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs what `start` begins until a signal ends it; SIGHUP reloads it. Ends the process with status 0. */
export async function runUntilStopped(logger: Logger, start: () => Promise<RunningProgram>): Promise<void> {
  const asked = stopSignal();
  logWarnings(logger);
  const program = await start();
  process.on('SIGHUP', () => {
    // The failure is logged where it happens; there is nobody else to tell.
    program.reload().catch(() => undefined);
  });
  const signal = await asked;
  logger.info({ signal }, 'stopping');
  await program.stop();
  logger.info({}, 'stopped');
  // A process that ends by itself lets go of its signal handlers first: one Ctrl-C more would then be its end.
  process.exit();
}

/** `--config.check`: says whether a start would work, and begins nothing. */
export async function checkSettings(load: () => LoadedSettings, find?: FindFaults): Promise<void> {
  const { warnings } = await usableSettings(load, find);
  for (const warning of warnings) print(`warning: ${warning}`);
  print('the settings are good');
}

/** Runs a program's main function; what it throws is for the terminal, and the exit status says what kind it is. */
export async function mainProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof SettingsError ? BAD_SETTINGS : 1;
  }
}
