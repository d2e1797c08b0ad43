import { z } from 'zod';
import { type CredentialUrlRules, parseCredentialUrl } from '../base/credential-url.ts';
import { parseDuration } from '../base/duration.ts';
import { messageOf } from '../base/errors.ts';

declare module 'zod' {
  interface GlobalMeta {
    /** What the option is for, a sentence or two. */
    help?: string;
    /** What values are allowed, in words: ends the error line of a bad value. */
    allowed?: string;
    /** Name in the environment, where the path does not give it. */
    env?: string;
    /** Never printed; may be given by `NAME_FILE` (environment) or `name_file` (YAML). */
    secret?: boolean;
    /** A running exporter cannot take a change over. */
    needsRestart?: boolean;
  }
}

/** Adds the help text of an option without losing what its type already says. */
export function option<T extends z.ZodType>(help: string, schema: T): T {
  return schema.meta({ ...schema.meta(), help });
}

/** An option that a reload does not take over: it warns of a change by name. */
export function fixedOption<T extends z.ZodType>(help: string, schema: T): T {
  return schema.meta({ ...schema.meta(), help, needsRestart: true });
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
        context.addIssue({ code: 'custom' });
        return z.NEVER;
      }
      return milliseconds;
    })
    .prefault(fallback)
    .meta({ allowed: `a duration such as 30s, 5m or 1h30m, from ${minimum} to ${maximum}` });
}

/** A whole number; environment and YAML may both write it as text. */
export function wholeNumber(fallback: number, minimum: number, maximum: number) {
  return z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\s*\d+\s*$/)
        .transform(Number),
    ])
    .pipe(z.int().min(minimum).max(maximum))
    .prefault(fallback)
    .meta({ allowed: `a whole number from ${minimum} to ${maximum}` });
}

/** Yes or no, in any case; YAML may write it without quotes. */
export function flag(fallback: boolean) {
  return z
    .union([
      z.boolean(),
      z
        .string()
        .regex(/^(true|false)$/i)
        .transform((word) => word.toLowerCase() === 'true'),
    ])
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

/** A URL, whose password stays secret. */
export function sourceUrl(rules: CredentialUrlRules, example: string) {
  return z
    .string()
    .superRefine((text, context) => {
      try {
        parseCredentialUrl(text, rules);
      } catch (error) {
        context.addIssue({ code: 'custom', message: `${messageOf(error)}, e.g. ${example}` });
      }
    })
    .optional()
    .meta({
      allowed: `a URL beginning with ${rules.schemes.map((scheme) => `${scheme}://`).join(' or ')}, e.g. ${example}`,
      secret: true,
    });
}

/** URLs, whose passwords stay secret. */
export function sourceUrls(rules: CredentialUrlRules, example: string) {
  const allowed = `URLs separated by commas, e.g. ${example}`;
  return list([], allowed)
    .superRefine((urls, context) => {
      for (const url of urls) {
        try {
          parseCredentialUrl(url, rules);
        } catch (error) {
          context.addIssue({ code: 'custom', message: `${messageOf(error)}, e.g. ${example}` });
        }
      }
    })
    .meta({ allowed, secret: true });
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

/** Where a server listens; whoever begins to listen parses it. */
export function listenAddress() {
  return z.string().regex(/^(\[[\da-fA-F:.]+\]|[\w.-]*):\d{1,5}$/);
}

/** A file or folder; relative ones are taken from the working directory. */
export function filePath() {
  return z.string().min(1).optional().meta({ allowed: 'a path' });
}
