import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '../../base/errors.ts';
import type { BasicUsers } from '../auth/basic-auth.ts';
import { webConfigSchema, type WebConfigFile } from './schema.ts';
import { readTlsConfig, type TlsConfig } from './tls-config.ts';

/** The web configuration in force. */
export interface WebConfig {
  /** Undefined: plain HTTP. */
  readonly tls: TlsConfig | undefined;
  readonly users: BasicUsers;
  /** Headers that replace ours; an empty one takes ours away. */
  readonly headers: Readonly<Record<string, string>>;
  /** One request each `interval` milliseconds, `burst` at once. */
  readonly rateLimit: { readonly interval: number; readonly burst: number } | undefined;
  /** Changes whenever the file or a file that it names changes. */
  readonly fingerprint: string;
}

/** The configuration without a file: plain HTTP, open to everybody. */
export const NO_WEB_CONFIG: WebConfig = {
  tls: undefined,
  users: new Map(),
  headers: {},
  rateLimit: undefined,
  fingerprint: '',
};

function parseFile(text: string): WebConfigFile {
  const result = webConfigSchema.safeParse(parse(text) ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const where = path.map(String).join('.');
    return where === '' ? message : `${where}: ${message}`;
  });
  throw new Error(problems.join('; '));
}

async function build(path: string): Promise<WebConfig> {
  const text = await readFile(path, 'utf8');
  const file = parseFile(text);
  const tls = file.tls_server_config ? await readTlsConfig(file.tls_server_config, dirname(path)) : undefined;
  const limit = file.rate_limit;
  return {
    tls,
    users: new Map(Object.entries(file.basic_auth_users ?? {})),
    headers: { ...file.http_server_config?.headers },
    rateLimit: limit && limit.interval > 0 ? limit : undefined,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([text, tls]))
      .digest('base64'),
  };
}

/**
 * Reads the web configuration and the files that it names. Rejects with one sentence that says which file and
 * option cannot be used.
 */
export async function readWebConfig(path: string): Promise<WebConfig> {
  try {
    return await build(path);
  } catch (error) {
    throw new Error(`web configuration ${path}: ${messageOf(error)}`, { cause: error });
  }
}
