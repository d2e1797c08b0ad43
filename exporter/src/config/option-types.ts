import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** What the option is for, a sentence or two. */
    help?: string;
    /** What values are allowed, in words: ends the error line of a bad value. */
    allowed?: string;
    /** Never printed; may be given by `NAME_FILE` (environment) or `name_file` (YAML). */
    secret?: boolean;
  }
}

/** Adds the help text of an option without losing what its type already says. */
export function option<T extends z.ZodType>(help: string, schema: T): T {
  return schema.meta({ ...schema.meta(), help });
}

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Parses `1h30m`, `15s`, `500ms` into milliseconds; undefined when the text is no duration (Prometheus' spelling). */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h|d))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (UNIT_MILLISECONDS[unit ?? ''] ?? 0);
  }
  return total;
}

/** A duration in Prometheus' spelling, given to the program in milliseconds. */
export function duration(fallback: string, minimum: string, maximum: string) {
  const low = parseDuration(minimum) ?? 0;
  const high = parseDuration(maximum) ?? Number.MAX_SAFE_INTEGER;
  return z
    .string()
    .transform((text, context) => {
      const milliseconds = parseDuration(text);
      if (milliseconds === undefined || milliseconds < low || milliseconds > high) {
        context.addIssue({ code: 'custom', message: 'out of range' });
        return z.NEVER;
      }
      return milliseconds;
    })
    .prefault(fallback)
    .meta({ allowed: `a duration such as 30s, 5m or 1h30m, from ${minimum} to ${maximum}` });
}

/** A whole number; environment and YAML may both write it as text. */
export function wholeNumber(fallback: number, minimum: number, maximum: number) {
  return z.coerce
    .number()
    .int()
    .min(minimum)
    .max(maximum)
    .default(fallback)
    .meta({ allowed: `a whole number from ${minimum} to ${maximum}` });
}

/** Yes or no; YAML may write it without quotes. */
export function flag(fallback: boolean) {
  return z
    .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
    .default(fallback)
    .meta({ allowed: 'true or false' });
}

/** A list that the environment writes with commas and YAML as a sequence or with commas. */
export function list(fallback: readonly string[], allowed: string) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) =>
      (typeof value === 'string' ? value.split(',') : value)
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .prefault([...fallback])
    .meta({ allowed });
}

/** A URL with one of the schemes; its password stays secret. */
export function sourceUrl(schemes: readonly string[], example: string) {
  return z
    .string()
    .refine((text) => {
      if (!URL.canParse(text)) return false;
      const url = new URL(text);
      // PostgreSQL over a Unix socket has no host: postgresql:///db?host=/run/postgresql
      const hasHost = url.hostname !== '' || url.searchParams.has('host');
      return schemes.includes(url.protocol.slice(0, -1)) && hasHost;
    })
    .optional()
    .meta({
      allowed: `a URL beginning with ${schemes.map((s) => `${s}://`).join(' or ')}, e.g. ${example}`,
      secret: true,
    });
}

/** An address of http(s) with a default, which holds no secret. */
export function sourceAddress(fallback: string) {
  return z
    .url({ protocol: /^https?$/ })
    .default(fallback)
    .meta({ allowed: 'a URL beginning with http:// or https://' });
}

/** A key or token. */
export function secretText() {
  return z.string().min(1).optional().meta({ allowed: 'any text', secret: true });
}

/** One address, bare. A line break in it would begin a header of its own. */
function isMailAddress(text: string): boolean {
  return /^[^\s<>,;:"@]+@[^\s<>,;:"@]+$/.test(text);
}

/** An e-mail address. */
export function mailAddress() {
  return z
    .string()
    .refine(isMailAddress)
    .optional()
    .meta({ allowed: 'an e-mail address, e.g. alerts@example.org' });
}

/** E-mail addresses. */
export function mailAddresses() {
  const allowed = 'e-mail addresses separated by commas';
  return list([], allowed)
    .refine((addresses) => addresses.every(isMailAddress))
    .meta({ allowed });
}

/** A file or folder; relative ones are taken from the working directory. */
export function filePath() {
  return z.string().min(1).optional().meta({ allowed: 'a path' });
}
