import { z } from 'zod';
import { startSmallServer } from './small-server.ts';

const payload = z.object({
  alerts: z.array(
    z.object({ status: z.enum(['firing', 'resolved']), labels: z.record(z.string(), z.string()) }),
  ),
});

/** What Alertmanager told people of one alert. */
export interface Told {
  firing: number;
  resolved: number;
}

/** Whom Alertmanager tells at last. */
export interface AlertRecorder {
  /** Takes Alertmanager's webhook. */
  readonly url: string;
  /** What was told of the witness of that number. */
  told(witness: number): Readonly<Told>;
  stop(): Promise<void>;
}

/** Label of the witness' number. */
export const WITNESS_LABEL = 'witness';

export async function startAlertRecorder(): Promise<AlertRecorder> {
  const told = new Map<string, Told>();
  const server = await startSmallServer(({ body }) => {
    for (const { status, labels } of payload.parse(JSON.parse(body.toString('utf8'))).alerts) {
      const key = labels[WITNESS_LABEL];
      if (key === undefined) continue;
      const entry = told.get(key) ?? { firing: 0, resolved: 0 };
      entry[status] += 1;
      told.set(key, entry);
    }
    return { status: 200 };
  });
  return {
    url: `http://127.0.0.1:${server.port}/`,
    told: (witness) => told.get(String(witness)) ?? { firing: 0, resolved: 0 },
    stop: server.stop,
  };
}
