import type { z } from 'zod';
import type { GivenFlag } from './command-line.ts';
import { fromEnvironment, type Environment, type GivenValue } from './environment.ts';
import { SettingsError } from './errors.ts';
import { fromFile } from './file.ts';
import { OPTIONS } from './options.ts';
import { settingsSchema, type Settings } from './schema.ts';

export interface LoadedSettings {
  readonly settings: Settings;
  /** Things that are odd and harmless, a line each. */
  readonly warnings: readonly string[];
  /** The error for values that are well formed and cannot be used, by YAML path. */
  refuse(faults: readonly Fault[]): SettingsError;
}

/** A value that is well formed and cannot be used, such as a file that is missing. */
export interface Fault {
  /** YAML path of the option. */
  readonly option: string;
  /** What is wrong, in words; never a secret. */
  readonly message: string;
}

/** Zod's message for a check that says nothing. */
const UNSAID = 'Invalid input';

type Tree = Record<string, unknown>;

function toTree(values: Iterable<GivenValue>): Tree {
  const tree: Tree = {};
  for (const { option, value } of values) {
    const [section, leaf] = option.path.split('.');
    if (section === undefined) continue;
    if (leaf === undefined) {
      tree[section] = value;
    } else {
      const inner = tree[section];
      tree[section] = { ...(typeof inner === 'object' ? inner : {}), [leaf]: value };
    }
  }
  return tree;
}

function describeIssue(issue: z.core.$ZodIssue, given: ReadonlyMap<string, GivenValue>): string {
  const [section = '', leaf = ''] = issue.path.map(String);
  const value = given.get(`${section}.${leaf}`) ?? given.get(section);
  // Our own checks say what is wrong; where a value has the wrong form its option's words are clearer than zod's.
  const reason = issue.code === 'custom' && issue.message !== UNSAID ? issue.message : undefined;
  if (value === undefined) return `${issue.path.map(String).join('.')}: ${reason ?? issue.message}`;
  const { option, origin } = value;
  if (issue.path.length > option.path.split('.').length)
    return `${origin}: ${issue.path.map(String).join('.')}: ${reason ?? issue.message}`;
  const shown = option.secret ? 'the value (secret, not shown)' : JSON.stringify(value.value);
  return `${origin}: ${shown} is not allowed: ${reason ?? option.allowed}`;
}

function describeFault({ option, message }: Fault, given: ReadonlyMap<string, GivenValue>): string {
  const name = given.get(option)?.origin ?? OPTIONS.find(({ path }) => path === option)?.env ?? option;
  return `${name}: ${message}`;
}

/** What the command line sets. */
function fromFlags(flags: ReadonlyMap<string, GivenFlag>): GivenValue[] {
  return OPTIONS.flatMap((option) => {
    const given = flags.get(option.path);
    return given === undefined ? [] : [{ option, origin: given.flag, value: given.value }];
  });
}

/**
 * Settings from the YAML file, overruled by the environment, overruled by flags. Throws SettingsError with a line for each
 * thing that is wrong, all at once, so that nobody has to fix them one by one.
 */
export function loadSettings(
  environment: Environment,
  file?: string,
  flags: ReadonlyMap<string, GivenFlag> = new Map(),
): LoadedSettings {
  const inFile = file === undefined ? { values: [], errors: [], warnings: [] } : fromFile(file);
  const inEnvironment = fromEnvironment(environment);
  const given = new Map<string, GivenValue>();
  for (const value of [...inFile.values, ...inEnvironment.values, ...fromFlags(flags)])
    given.set(value.option.path, value);
  const errors = [...inFile.errors, ...inEnvironment.errors];
  const parsed = settingsSchema.safeParse(toTree(given.values()));
  if (!parsed.success) errors.push(...parsed.error.issues.map((issue) => describeIssue(issue, given)));
  if (errors.length > 0 || !parsed.success) throw new SettingsError(errors);
  return {
    settings: parsed.data,
    warnings: [...inFile.warnings, ...inEnvironment.warnings],
    refuse: (faults) => new SettingsError(faults.map((fault) => describeFault(fault, given))),
  };
}
