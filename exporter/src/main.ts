import { resolve } from 'node:path';
import { importAlerts } from './alerts/store/import/import.ts';
import { importWords } from './alerts/store/import/words.ts';
import { startApplication } from './application.ts';
import { parseCommandLine } from './config/command-line.ts';
import { helpText } from './config/help.ts';
import { type LoadedSettings, loadSettings } from './config/load.ts';
import { createLogger } from './log/logger.ts';
import { maskSecrets } from './logs/reading/secrets.ts';
import { setUpStore } from './logs/shipping/setup/set-up.ts';
import { createStoreClient } from './logs/shipping/store-client.ts';
import { checkSettings, logWarnings, mainProgram, print, runUntilStopped } from './program.ts';
import { traceFields } from './trace/active-span.ts';
import { VERSION } from './version.ts';

/** Longest that setting up the log store may take, milliseconds. */
const SETUP_DEADLINE = 60_000;

/** The exporter, until it is told to stop. */
async function run(load: () => LoadedSettings): Promise<void> {
  const logger = createLogger(load().settings.log.level, { mask: maskSecrets, context: traceFields });
  await runUntilStopped(logger, () => startApplication({ load, logger }));
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

/** Takes the alerts of a file over into PostgreSQL. */
async function takeAlertsOver(load: () => LoadedSettings, file: string): Promise<void> {
  const loaded = load();
  const { store, log } = loaded.settings;
  if (store.url === undefined)
    throw loaded.refuse([
      { option: 'store.url', message: 'is not set: which database takes the alerts over?' },
    ]);
  const logger = createLogger(log.level, { mask: maskSecrets });
  logWarnings(logger);
  const began = performance.now();
  const imported = await importAlerts({ path: resolve(file), url: store.url, logger, say: print });
  for (const line of importWords(imported, performance.now() - began)) print(line);
}

async function main(): Promise<void> {
  const { action, configFile, flags, alertsFile } = parseCommandLine(process.argv.slice(2), process.env);
  const load = (): LoadedSettings => loadSettings(process.env, configFile, flags);
  switch (action) {
    case 'help':
      print(helpText());
      break;
    case 'version':
      print(`valtronics-exporter ${VERSION} (node ${process.version})`);
      break;
    case 'check':
      await checkSettings(load);
      break;
    case 'set-up-logs':
      await setUpLogs(load);
      break;
    case 'import-alerts':
      await takeAlertsOver(load, alertsFile);
      break;
    case 'run':
      await run(load);
  }
}

await mainProgram(main);
