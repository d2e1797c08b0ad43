import { z } from 'zod';

const statusSchema = z.object({
  devices: z.number(),
  conditions: z.record(z.string(), z.number()),
  parts: z.array(z.object({ what: z.string() })),
  telemetryPoints: z.number(),
});
export type SimulatorStatus = z.infer<typeof statusSchema>;

/** The simulator's own commands. */
export interface SimulatorControl {
  breakPart(what: string): Promise<void>;
  mendPart(what: string): Promise<void>;
  /** Lets so many devices say nothing any more. */
  silence(devices: number): Promise<void>;
  status(): Promise<SimulatorStatus>;
}

export function openSimulatorControl(apiUrl: string): SimulatorControl {
  async function call(path: string, body?: object): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${apiUrl}/simulator/${path}`, {
      ...(body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator refuses ${path}: ${text}`);
    return JSON.parse(text);
  }
  async function order(path: string, body: object): Promise<void> {
    await call(path, body);
  }
  return {
    breakPart: (what) => order('break', { what }),
    mendPart: (what) => order('mend', { what }),
    silence: (devices) => order('break', { devices, how: 'silent' }),
    status: async () => statusSchema.parse(await call('status')),
  };
}
