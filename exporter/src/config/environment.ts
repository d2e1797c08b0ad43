import { readFileSync } from 'node:fs';
import { messageOf } from '../base/errors.ts';
import { OPTIONS, type Option } from './options.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value with the place that it came from, so that an error can name it. */
export interface GivenValue {
  readonly option: Option;
  /** How the user named the option there, e.g. `VALTRONICS_API_URL` or `config.yml: api.url`. */
  readonly origin: string;
  readonly value: unknown;
}

export interface GivenValues {
  readonly values: readonly GivenValue[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Variables of this project that are not options of the exporter. */
const OTHER_VARIABLES = new Set([
  'VALTRONICS_CONFIG_FILE',
  'VALTRONICS_DASHBOARDS_DIR',
  'VALTRONICS_EXPORTER_URL',
]);

/** Reads a secret from its file; a trailing line end is not part of it. */
export function readSecretFile(path: string): string {
  return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
}

/** What the environment sets: `VALTRONICS_…`, and `…_FILE` for secrets. An empty variable counts as unset. */
export function fromEnvironment(environment: Environment): GivenValues {
  const values: GivenValue[] = [];
  const errors: string[] = [];
  const known = new Set(OTHER_VARIABLES);
  for (const option of OPTIONS) {
    const fileName = `${option.env}_FILE`;
    known.add(option.env);
    if (option.secret) known.add(fileName);
    const value = environment[option.env];
    const file = option.secret ? environment[fileName] : undefined;
    if (value && file) {
      errors.push(`${option.env} and ${fileName} are both set: give one of them`);
    } else if (value) {
      values.push({ option, origin: option.env, value });
    } else if (file) {
      try {
        values.push({ option, origin: fileName, value: readSecretFile(file) });
      } catch (error) {
        errors.push(`${fileName}: cannot be read: ${messageOf(error)}`);
      }
    }
  }
  const warnings = Object.keys(environment)
    .filter((name) => name.startsWith('VALTRONICS_') && !known.has(name))
    .map((name) => `${name} is not a setting of this version and has no effect`);
  return { values, errors, warnings };
}
