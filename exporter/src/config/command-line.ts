import { parseArgs } from 'node:util';
import type { Environment } from './environment.ts';
import { messageOf } from '../base/errors.ts';
import { SettingsError } from './errors.ts';

export interface CommandLine {
  readonly action: 'run' | 'check' | 'set-up-logs' | 'import-alerts' | 'help' | 'version';
  /** The file whose alerts are to be taken over; empty for another action. */
  readonly alertsFile: string;
  /** The YAML file, from `--config.file` or `VALTRONICS_CONFIG_FILE`. */
  readonly configFile: string | undefined;
  /** Options given as flags, by YAML path; they overrule everything. */
  readonly flags: ReadonlyMap<string, GivenFlag>;
}

/** An option's value with the flag that gave it. */
export interface GivenFlag {
  readonly flag: string;
  readonly value: string;
}

/** Options that are also flags, by the names that Prometheus' own exporters have for them. */
export const FLAGS: Readonly<Record<string, string>> = {
  'web.listen-address': 'listen',
  'web.config.file': 'web_config_file',
  'log.level': 'log.level',
};

/** The same of the gateway where it runs alone. */
export const GATEWAY_FLAGS: Readonly<Record<string, string>> = {
  'web.listen-address': 'gateway.listen',
  'web.config.file': 'gateway.web_config_file',
  'log.level': 'log.level',
};

/** Parses the arguments after the program's name. Throws SettingsError for what is not known. */
export function parseCommandLine(
  args: readonly string[],
  environment: Environment,
  names = FLAGS,
): CommandLine {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'config.file': { type: 'string' },
        'config.check': { type: 'boolean' },
        'logs.setup': { type: 'boolean' },
        'alerts.import': { type: 'string' },
        'web.listen-address': { type: 'string' },
        'web.config.file': { type: 'string' },
        'log.level': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
    const configFile = values['config.file'] ?? (environment['VALTRONICS_CONFIG_FILE'] || undefined);
    const flags = new Map<string, GivenFlag>();
    for (const [name, value] of Object.entries(values)) {
      const path = names[name];
      if (path !== undefined && typeof value === 'string') flags.set(path, { flag: `--${name}`, value });
    }
    const alertsFile = values['alerts.import'];
    const common = { configFile, flags, alertsFile: alertsFile ?? '' };
    if (values.help === true) return { action: 'help', ...common };
    if (values.version === true) return { action: 'version', ...common };
    if (values['config.check'] === true) return { action: 'check', ...common };
    if (alertsFile !== undefined) return { action: 'import-alerts', ...common };
    return { action: values['logs.setup'] === true ? 'set-up-logs' : 'run', ...common };
  } catch (error) {
    throw new SettingsError([`${messageOf(error).split('.')[0] ?? ''}; --help lists what there is`]);
  }
}
