import { z } from 'zod';

/**
 * Texts by name, such as labels: names are data. `z.record` drops the name `__proto__`, and an object that is filled
 * by assignment takes it for something else; this keeps it as a property of its own.
 */
export function textsByName(value: z.ZodType<string, string>, name: z.ZodType<string, string> = z.string()) {
  return z
    .unknown()
    .meta({ type: 'object', additionalProperties: { type: 'string' } })
    .transform((given, context) => {
      if (typeof given === 'object' && given !== null && !Array.isArray(given))
        return new Map(Object.entries(given));
      context.addIssue({ code: 'custom', message: 'must be an object of texts' });
      return z.NEVER;
    })
    .pipe(z.map(name, value))
    .transform((texts): Readonly<Record<string, string>> => Object.fromEntries(texts));
}

/** Labels, annotations and the like. */
export const textsSchema = textsByName(z.string());
