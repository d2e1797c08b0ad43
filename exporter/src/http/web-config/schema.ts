import bcrypt from 'bcryptjs';
import { z } from 'zod';
import { parseDuration } from '../../base/duration.ts';
import { CURVES, TLS12_SUITES, TLS13_SUITES, TLS_VERSIONS } from './cipher-names.ts';

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  const known = (key: string): key is K => key in record;
  return Object.keys(record).filter(known);
}

const version = z.enum(keysOf(TLS_VERSIONS));

/** Client authentication policies by the names of Go; `RequireClientCert` is an old name of the second. */
export const CLIENT_AUTH_TYPES = [
  'NoClientCert',
  'RequireAnyClientCert',
  'RequireClientCert',
  'RequestClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

const tlsSchema = z.strictObject({
  cert: z.string().default(''),
  key: z.string().default(''),
  client_ca: z.string().default(''),
  cert_file: z.string().default(''),
  key_file: z.string().default(''),
  client_auth_type: z.enum(['', ...CLIENT_AUTH_TYPES]).default(''),
  client_ca_file: z.string().default(''),
  client_allowed_sans: z.array(z.string()).nullish(),
  min_version: version.default('TLS12'),
  max_version: version.default('TLS13'),
  cipher_suites: z.array(z.enum([...keysOf(TLS12_SUITES), ...TLS13_SUITES])).nullish(),
  curve_preferences: z.array(z.enum(keysOf(CURVES))).nullish(),
  prefer_server_cipher_suites: z.boolean().default(true),
});

const headersSchema = z.strictObject({
  'Content-Security-Policy': z.string().optional(),
  'X-Frame-Options': z.enum(['', 'deny', 'sameorigin']).optional(),
  'X-Content-Type-Options': z.enum(['', 'nosniff']).optional(),
  'X-XSS-Protection': z.string().optional(),
  'Strict-Transport-Security': z.string().optional(),
});

/** A number is nanoseconds, as Go's YAML reader takes it. */
const goDuration = z.union([z.int().min(0), z.string()]).transform((value, context) => {
  const milliseconds = typeof value === 'number' ? value / 1e6 : parseDuration(value);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue({ code: 'custom', message: 'must be a duration such as 100ms or 1s' });
  return z.NEVER;
});

function isBcrypt(hash: string): boolean {
  if (!/^\$2[aby]\$\d\d\$[./A-Za-z\d]{53}$/.test(hash)) return false;
  const rounds = bcrypt.getRounds(hash);
  return rounds >= 4 && rounds <= 31;
}

/** `web-config.yml` in the format of Prometheus' exporter-toolkit; unknown keys are errors, as there. */
export const webConfigSchema = z.strictObject({
  tls_server_config: tlsSchema.nullish(),
  http_server_config: z
    .strictObject({
      /** Taken, without effect: this server speaks HTTP/1.1. */
      http2: z.boolean().default(true),
      headers: headersSchema.nullish(),
    })
    .nullish(),
  basic_auth_users: z
    .record(
      z.string(),
      z.string().refine(isBcrypt, 'must be a bcrypt hash, as "htpasswd -nBC 10 NAME" makes it'),
    )
    .refine(
      (users) => !Object.keys(users).some((name) => name.includes(':')),
      'a user name cannot have a colon',
    )
    .nullish(),
  rate_limit: z.strictObject({ interval: goDuration.default(0), burst: z.int().min(0).default(0) }).nullish(),
});

export type WebConfigFile = z.output<typeof webConfigSchema>;
export type TlsServerConfig = z.output<typeof tlsSchema>;
