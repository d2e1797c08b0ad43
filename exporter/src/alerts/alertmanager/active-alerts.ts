import { z } from 'zod';
import { alertmanagerAddress } from '../receivers/alertmanager-address.ts';
import { getJson } from '../receivers/post-json.ts';

/** What an Alertmanager has. */
export interface ActiveAlerts {
  /** When it was started, milliseconds since the epoch. */
  readonly startedAt: number;
  /** Labels of the alerts that are not over, silenced and inhibited ones included. */
  readonly labels: readonly Readonly<Record<string, string>>[];
}

const status = z.object({ uptime: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)) });
const alerts = z.array(z.object({ labels: z.record(z.string(), z.string()) }));

/** Asks Alertmanager at the URL, which may hold user and password. Rejects with a DeliveryError. */
export async function activeAlerts(url: string, signal: AbortSignal): Promise<ActiveAlerts> {
  const { name, base, headers } = alertmanagerAddress(url);
  const get = <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> =>
    getJson(name, `${base}/api/v2/${path}`, schema, { asked: `answers ${path}`, signal, headers });
  const { uptime: startedAt } = await get('status', status);
  const labels = (await get('alerts', alerts)).map((alert) => alert.labels);
  return { startedAt, labels };
}
