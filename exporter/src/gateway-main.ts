import { systemClock } from './base/clock.ts';
import { usableSettings } from './check-settings.ts';
import { GATEWAY_FLAGS, parseCommandLine } from './config/command-line.ts';
import { SettingsError } from './config/errors.ts';
import { gatewayHelpText } from './config/help.ts';
import { type LoadedSettings, loadSettings } from './config/load.ts';
import type { Settings } from './config/schema.ts';
import { findStandAloneFaults } from './gateway/service/faults.ts';
import { standAlone, startStandAlone } from './gateway/service/stand-alone.ts';
import { createLogger } from './log/logger.ts';
import { maskSecrets } from './logs/reading/secrets.ts';
import { checkSettings, mainProgram, print, runUntilStopped } from './program.ts';
import { traceFields } from './trace/active-span.ts';
import { REVISION, VERSION } from './version.ts';

/** The gateway in a process of its own, until it is told to stop. */
async function run(load: () => LoadedSettings): Promise<void> {
  const logger = createLogger(load().settings.log.level, { mask: maskSecrets, context: traceFields });
  const read = async (): Promise<Settings> => {
    const { settings, warnings } = await usableSettings(load, findStandAloneFaults);
    for (const warning of warnings) logger.warn({ setting: warning }, 'odd setting');
    return settings;
  };
  await runUntilStopped(logger, () =>
    startStandAlone({
      ...{ read, logger, clock: systemClock, mask: maskSecrets },
      build: { version: VERSION, revision: REVISION },
    }),
  );
}

async function main(): Promise<void> {
  const { action, configFile, flags } = parseCommandLine(process.argv.slice(2), process.env, GATEWAY_FLAGS);
  const load = (): LoadedSettings => {
    const loaded = loadSettings(process.env, configFile, flags);
    return { ...loaded, settings: standAlone(loaded.settings) };
  };
  switch (action) {
    case 'help':
      print(gatewayHelpText());
      break;
    case 'version':
      print(`valtronics-gateway ${VERSION} (node ${process.version})`);
      break;
    case 'check':
      await checkSettings(load, findStandAloneFaults);
      break;
    case 'import-alerts':
      throw new SettingsError(['--alerts.import: the exporter does that']);
    case 'set-up-logs':
      throw new SettingsError(['--logs.setup: the exporter does that']);
    case 'run':
      await run(load);
  }
}

await mainProgram(main);
