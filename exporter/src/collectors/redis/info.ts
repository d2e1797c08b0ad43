/** What the exporter takes from Redis' INFO; undefined where the server does not say it. */
export interface RedisInfo {
  readonly connectedClients: number | undefined;
  readonly usedMemoryBytes: number | undefined;
  /** Undefined also when no limit is set (`maxmemory:0`). */
  readonly maxMemoryBytes: number | undefined;
  readonly uptimeSeconds: number | undefined;
}

/** Reads the text of INFO: `key:value` lines below `# Section` headings. Unknown keys are ignored. */
export function parseRedisInfo(text: string): RedisInfo {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const number = (key: string): number | undefined => {
    const value = fields.get(key);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const limit = number('maxmemory');
  return {
    connectedClients: number('connected_clients'),
    usedMemoryBytes: number('used_memory'),
    maxMemoryBytes: limit === 0 ? undefined : limit,
    uptimeSeconds: number('uptime_in_seconds'),
  };
}
