import { z } from 'zod';
import { type StoreClient, StoreUnreachableError } from '../store-client.ts';

/** Which program the store is. */
export interface StoreKind {
  readonly distribution: 'elasticsearch' | 'opensearch' | 'victorialogs' | 'unknown';
  /** As it says itself; empty where it does not. */
  readonly version: string;
}

const rootSchema = z.object({
  version: z.object({ number: z.string(), distribution: z.string().optional() }),
});

/** Asks the store what it is. Rejects with StoreUnreachableError while it does not answer, or is not up yet. */
export async function storeKind(client: StoreClient, signal: AbortSignal): Promise<StoreKind> {
  if (client.isVictoriaLogs) return { distribution: 'victorialogs', version: '' };
  const { status, text } = await client.request({ method: 'GET', path: '/', signal });
  if (status === 429 || status >= 500)
    throw new StoreUnreachableError(`the log store at ${client.place} answers ${status}`, 'unreachable');
  const parsed = rootSchema.safeParse(parseJson(text));
  // A user who may only write is not told: what is put in place is then tried as for Elasticsearch.
  if (status !== 200 || !parsed.success) return { distribution: 'unknown', version: '' };
  const { number, distribution = 'elasticsearch' } = parsed.data.version;
  return { distribution: distribution === 'opensearch' ? 'opensearch' : 'elasticsearch', version: number };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of a proxy, as a rule: no store that is known.
    return undefined;
  }
}
