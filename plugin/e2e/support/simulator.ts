import type { APIRequestContext, APIResponse } from '@playwright/test';

/** A device to be, with the names of the platform's REST API. */
export interface NewDevice {
  readonly device_id: string;
  readonly name: string;
  readonly device_type: string;
  readonly location?: string;
  readonly manufacturer?: string;
}

/** Control of the simulated platform; what was done by it is undone by `restore`. */
export interface Simulator {
  /** Puts that many devices into an error and answers their ids. */
  readonly breakDevices: (count: number) => Promise<readonly string[]>;
  readonly addDevice: (device: NewDevice) => Promise<void>;
  readonly restore: () => Promise<void>;
}

async function json(answer: APIResponse): Promise<unknown> {
  if (!answer.ok()) throw new Error(`${answer.url()} says ${answer.status()}: ${await answer.text()}`);
  return answer.json();
}

function field(document: unknown, name: string): unknown {
  return typeof document === 'object' && document !== null
    ? Object.entries(document).find(([key]) => key === name)?.[1]
    : undefined;
}

/** The simulator behind the requests' base address (its README has the calls). */
export function openSimulator(request: APIRequestContext): Simulator {
  const broken: string[] = [];
  const added: string[] = [];
  return {
    breakDevices: async (count) => {
      const order = { devices: count, how: 'error' };
      const devices = field(await json(await request.post('/simulator/break', { data: order })), 'devices');
      const ids = Array.isArray(devices) ? devices.map(String) : [];
      broken.push(...ids);
      return ids;
    },
    addDevice: async (device) => {
      const row = await json(await request.post('/api/v1/devices/', { data: device }));
      added.push(String(field(row, 'id')));
    },
    restore: async () => {
      if (broken.length > 0) await json(await request.post('/simulator/mend', { data: { devices: broken } }));
      for (const id of added) await request.delete(`/api/v1/devices/${id}`);
    },
  };
}
