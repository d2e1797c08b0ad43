import { z } from 'zod';

const decision = z.object({ by: z.string(), comment: z.string() }).nullable();
const alertSchema = z.object({
  fingerprint: z.string(),
  name: z.string(),
  state: z.string(),
  source: z.string(),
  labels: z.record(z.string(), z.string()),
  acknowledgement: decision,
  resolution: decision,
});
const pageSchema = z.object({ items: z.array(alertSchema), nextCursor: z.string().nullable() });

/** An alert as the exporter's API shows it. */
export type StoredAlert = z.infer<typeof alertSchema>;

/** The alert part of a running exporter's API. */
export interface StoreApi {
  /** Sends the request as the Grafana user when one is named. Throws when the answer is not 2xx. */
  call(path: string, body?: unknown, user?: string): Promise<unknown>;
  /** Every alert of the name, resolved ones included, newest first; of all names when it is left out. */
  history(name?: string): Promise<readonly StoredAlert[]>;
}

export function storeApi(url: string, token: string): StoreApi {
  const call: StoreApi['call'] = async (path, body, user) => {
    const response = await fetch(`${url}/api/v1/alerts${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        ...(user === undefined
          ? {}
          : { 'X-Grafana-Context': JSON.stringify({ Login: user, Name: user, OrgRole: 'Editor' }) }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    call,
    history: async (name) => {
      const found: StoredAlert[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page = pageSchema.parse(await call(`/history?limit=1000${query}`));
        found.push(...page.items);
        cursor = page.nextCursor;
      }
      return name === undefined ? found : found.filter((alert) => alert.name === name);
    },
  };
}
