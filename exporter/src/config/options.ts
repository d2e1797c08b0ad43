import { z } from 'zod';
import { isObject } from '../base/is-object.ts';
import { type Settings, settingsSchema } from './schema.ts';

/** One leaf of the settings schema, as help, documentation and the environment need it. */
export interface Option {
  /** YAML path, e.g. `api.url`. */
  readonly path: string;
  /** Name in the environment, e.g. `VALTRONICS_API_URL`. */
  readonly env: string;
  readonly help: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  readonly secret: boolean;
  /** A running exporter cannot take a change over. */
  readonly needsRestart: boolean;
  /** As a user would write it; undefined when there is none. */
  readonly fallback: string | undefined;
}

function printable(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fallbackOf(schema: z.core.$ZodType): string | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return printable(schema.def.defaultValue);
  return undefined;
}

function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault) return shapeOf(schema.def.innerType);
  return schema instanceof z.ZodObject ? schema.shape : undefined;
}

function optionsIn(shape: Readonly<Record<string, z.core.$ZodType>>, parents: readonly string[]): Option[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const path = [...parents, key];
    const inner = shapeOf(schema);
    if (inner !== undefined) return optionsIn(inner, path);
    const meta = z.globalRegistry.get(schema) ?? {};
    const option: Option = {
      path: path.join('.'),
      env: meta.env ?? `VALTRONICS_${path.join('_').toUpperCase()}`,
      help: meta.help ?? '',
      allowed: meta.allowed ?? '',
      secret: meta.secret ?? false,
      needsRestart: meta.needsRestart ?? false,
      fallback: fallbackOf(schema),
    };
    return [option];
  });
}

/** Every option of the schema, in the schema's order. */
export const OPTIONS: readonly Option[] = optionsIn(settingsSchema.shape, []);

function valueAt(settings: Settings, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), settings);
}

/** Paths of the options that differ and that a running exporter cannot take over. */
export function needingRestart(before: Settings, after: Settings): string[] {
  return OPTIONS.filter(({ needsRestart }) => needsRestart)
    .map(({ path }) => path)
    .filter((path) => valueAt(before, path) !== valueAt(after, path));
}
