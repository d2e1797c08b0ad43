import { parseArgs } from 'node:util';
import type { Environment } from './environment.ts';
import { messageOf } from '../base/errors.ts';
import { SettingsError } from './errors.ts';

export interface CommandLine {
  readonly action: 'run' | 'check' | 'help' | 'version';
  /** The YAML file, from `--config.file` or `VALTRONICS_CONFIG_FILE`. */
  readonly configFile: string | undefined;
}

/** Parses the arguments after the program's name. Throws SettingsError for what is not known. */
export function parseCommandLine(args: readonly string[], environment: Environment): CommandLine {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'config.file': { type: 'string' },
        'config.check': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
    const configFile = values['config.file'] ?? (environment['VALTRONICS_CONFIG_FILE'] || undefined);
    if (values.help === true) return { action: 'help', configFile };
    if (values.version === true) return { action: 'version', configFile };
    return { action: values['config.check'] === true ? 'check' : 'run', configFile };
  } catch (error) {
    throw new SettingsError([`${messageOf(error).split('.')[0] ?? ''}; --help lists what there is`]);
  }
}
