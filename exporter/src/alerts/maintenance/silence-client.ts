import { z } from 'zod';
import { alertmanagerAddress } from '../receivers/alertmanager-address.ts';
import { getJson, requestJson } from '../receivers/post-json.ts';
import { type NewSilence, type Silence, silenceSchema } from './silence.ts';

/** The silences of an Alertmanager. Every method rejects with a DeliveryError. */
export interface SilenceClient {
  list(signal: AbortSignal): Promise<Silence[]>;
  create(silence: NewSilence, signal: AbortSignal): Promise<void>;
  expire(id: string, signal: AbortSignal): Promise<void>;
}

const silences = z.array(silenceSchema);

export function createSilenceClient(url: string): SilenceClient {
  const { name, base, headers } = alertmanagerAddress(url);

  return {
    list: (signal) =>
      getJson(name, `${base}/api/v2/silences`, silences, { asked: 'lists silences', signal, headers }),
    create: async (body, signal) => {
      await requestJson(name, `${base}/api/v2/silences`, { method: 'POST', body, signal, headers });
    },
    expire: async (id, signal) => {
      const address = `${base}/api/v2/silence/${encodeURIComponent(id)}`;
      await requestJson(name, address, { method: 'DELETE', signal, headers });
    },
  };
}
