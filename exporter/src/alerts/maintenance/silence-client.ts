import { z } from 'zod';
import { alertmanagerAt } from '../alertmanager/address.ts';
import { getJson, requestJson } from '../receivers/json-request.ts';
import { type NewSilence, type Silence, silenceSchema } from './silence.ts';

/** The silences of an Alertmanager. Every method rejects with a DeliveryError. */
export interface SilenceClient {
  list(signal: AbortSignal): Promise<Silence[]>;
  create(silence: NewSilence, signal: AbortSignal): Promise<void>;
  expire(id: string, signal: AbortSignal): Promise<void>;
}

const silences = z.array(silenceSchema);

export function createSilenceClient(url: string): SilenceClient {
  const at = alertmanagerAt(url);
  const path = '/api/v2/silences';

  return {
    list: (signal) => getJson(at(path), silences, { asked: 'lists silences', signal }),
    create: async (body, signal) => {
      await requestJson(at(path), { method: 'POST', body, signal });
    },
    expire: async (id, signal) => {
      await requestJson(at(`/api/v2/silence/${encodeURIComponent(id)}`), { method: 'DELETE', signal });
    },
  };
}
