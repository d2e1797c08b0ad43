import { z } from 'zod';
import { messageOf } from '../../config/errors.ts';
import { alertmanagerAddress } from '../receivers/alertmanager-address.ts';
import { requestJson } from '../receivers/post-json.ts';
import { DeliveryError } from '../receivers/receiver.ts';

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
  async function get<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
    const { text } = await requestJson(name, `${base}/api/v2/${path}`, { method: 'GET', signal, headers });
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      throw new DeliveryError(`${name} answers ${path} in an unknown form: ${messageOf(error)}`);
    }
  }
  const { uptime: startedAt } = await get('status', status);
  const labels = (await get('alerts', alerts)).map((alert) => alert.labels);
  return { startedAt, labels };
}
