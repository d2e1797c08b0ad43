import { startApplication } from './application.ts';
import { findFaults } from './check-settings.ts';
import { parseCommandLine } from './config/command-line.ts';
import { messageOf } from './base/errors.ts';
import { SettingsError } from './config/errors.ts';
import { helpText } from './config/help.ts';
import { type LoadedSettings, loadSettings } from './config/load.ts';
import { createLogger, type Logger } from './log/logger.ts';
import { maskSecrets } from './logs/reading/secrets.ts';
import { setUpStore } from './logs/shipping/setup/set-up.ts';
import { createStoreClient } from './logs/shipping/store-client.ts';
import { traceFields } from './trace/active-span.ts';
import { VERSION } from './version.ts';

/** Exit status for settings that cannot be used. */
const BAD_SETTINGS = 2;
/** Longest that setting up the log store may take, milliseconds. */
const SETUP_DEADLINE = 60_000;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Node's own warnings as lines of the log, where everything else is JSON. */
function logWarnings(logger: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    // node:sqlite is still marked so in this release; whoever runs the exporter can do nothing about it.
    const level = name === 'ExperimentalWarning' ? 'debug' : 'warn';
    logger[level]({ warning: name, message }, 'Node warns');
  });
}

/** Resolves with the first signal that asks to stop. More of them are ignored: Ctrl-C reaches a whole process group, and each parent hands it on. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}

async function run(load: () => LoadedSettings): Promise<void> {
  const asked = stopSignal();
  const logger = createLogger(load().settings.log.level, { mask: maskSecrets, context: traceFields });
  logWarnings(logger);
  const application = await startApplication({ load, logger });
  process.on('SIGHUP', () => {
    // The failure is logged where it happens; there is nobody else to tell.
    application.reload().catch(() => undefined);
  });
  const signal = await asked;
  logger.info({ signal }, 'stopping');
  await application.stop();
  logger.info({}, 'stopped');
  // A process that ends by itself lets go of its signal handlers first: one Ctrl-C more would then be its end.
  process.exit();
}

async function check(load: () => LoadedSettings): Promise<void> {
  const loaded = load();
  const faults = await findFaults(loaded.settings);
  if (faults.length > 0) throw loaded.refuse(faults);
  for (const warning of loaded.warnings) print(`warning: ${warning}`);
  print('the settings are good');
}

/** Does once what a start does where `elasticsearch.setup` is on; its exit status says whether all of it is in place. */
async function setUpLogs(load: () => LoadedSettings): Promise<void> {
  const loaded = load();
  const { elasticsearch, logs } = loaded.settings;
  const { url, api_key: apiKey, ca_file: caFile } = elasticsearch;
  if (url === undefined)
    throw loaded.refuse([{ option: 'elasticsearch.url', message: 'is not set: which log store?' }]);
  const client = createStoreClient({ url, apiKey, caFile });
  try {
    const report = await setUpStore(client, logs.retention_days, AbortSignal.timeout(SETUP_DEADLINE));
    print(`${report.distribution} ${report.version} at ${client.place}: retention ${report.retention}`);
    for (const problem of report.problems) process.stderr.write(`${problem}\n`);
    if (report.problems.length > 0) process.exitCode = 1;
    else print('the log store is set up');
  } finally {
    client.close();
  }
}

async function main(): Promise<void> {
  const { action, configFile, flags } = parseCommandLine(process.argv.slice(2), process.env);
  const load = (): LoadedSettings => loadSettings(process.env, configFile, flags);
  switch (action) {
    case 'help':
      print(helpText());
      break;
    case 'version':
      print(`valtronics-exporter ${VERSION} (node ${process.version})`);
      break;
    case 'check':
      await check(load);
      break;
    case 'set-up-logs':
      await setUpLogs(load);
      break;
    case 'run':
      await run(load);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof SettingsError ? BAD_SETTINGS : 1;
}
