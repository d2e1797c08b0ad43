import { startApplication } from './application.ts';
import { parseCommandLine } from './config/command-line.ts';
import { messageOf } from './base/errors.ts';
import { SettingsError } from './config/errors.ts';
import { helpText } from './config/help.ts';
import { loadSettings } from './config/load.ts';
import { createLogger, type Logger } from './log/logger.ts';
import { VERSION } from './version.ts';

/** Exit status for settings that cannot be used. */
const BAD_SETTINGS = 2;

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

async function run(configFile: string | undefined): Promise<void> {
  const load = () => loadSettings(process.env, configFile);
  const { settings, warnings } = load();
  const logger = createLogger(settings.log.level);
  for (const warning of warnings) logger.warn({ setting: warning }, 'odd setting');
  logWarnings(logger);
  const application = await startApplication({ settings, load: () => load().settings, logger });
  process.on('SIGHUP', () => {
    // The failure is logged where it happens; there is nobody else to tell.
    application.reload().catch(() => undefined);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'stopping');
      void application.stop().then(() => logger.info({}, 'stopped'));
    });
  }
}

async function main(): Promise<void> {
  const { action, configFile } = parseCommandLine(process.argv.slice(2), process.env);
  switch (action) {
    case 'help':
      print(helpText());
      break;
    case 'version':
      print(`valtronics-exporter ${VERSION} (node ${process.version})`);
      break;
    case 'check':
      for (const warning of loadSettings(process.env, configFile).warnings) print(`warning: ${warning}`);
      print('the settings are good');
      break;
    case 'run':
      await run(configFile);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof SettingsError ? BAD_SETTINGS : 1;
}
