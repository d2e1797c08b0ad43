import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { startExporter, type TestExporter } from './exporter.ts';
import { freePort, temporaryFolder, waitFor } from './server.ts';

export interface KillsOptions {
  /** URL of an empty database. */
  readonly storeUrl: string;
  readonly alerts: number;
  readonly kills: number;
  /** Chooses who is killed and when. */
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/** What came of alerts that were raised while one exporter after another was killed. */
export interface KillsOutcome {
  /** Alerts of which the receiver never heard. */
  readonly lost: string[];
  /** Alerts that the receiver heard of under several keys: somebody would be paged twice. */
  readonly doubled: string[];
  /** Requests beyond the first under their key, which a receiver knows by it. */
  readonly repeated: number;
  /** Rows of the store, as each exporter says. */
  readonly rows: readonly number[];
  /** How often each exporter was killed. */
  readonly killed: readonly number[];
}

const noticeSchema = z.object({ kind: z.string(), alert: z.object({ name: z.string() }) });
const statisticsSchema = z.object({ total_alerts: z.number() });
const pageSchema = z.object({ items: z.array(z.unknown()) });

/** Numbers in [0, 1) that the seed determines (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Records what it is told: by `kind name` the keys, by key how often. */
async function startRecorder() {
  const told = new Map<string, Set<string>>();
  const requests = new Map<string, number>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { kind, alert } = noticeSchema.parse(JSON.parse(body));
      const key = String(request.headers['idempotency-key']);
      const what = `${kind} ${alert.name}`;
      told.set(what, (told.get(what) ?? new Set()).add(key));
      requests.set(key, (requests.get(key) ?? 0) + 1);
      response.end('taken');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    ...{ told, requests, url: `http://127.0.0.1:${port}/` },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Whether the exporter says that it has taken the alert in. */
async function raise(url: string, name: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/v1/alerts`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, severity: 'critical', message: 'It hums' }),
    });
    await answer.text();
    return answer.ok;
  } catch {
    return false;
  }
}

async function ask<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await fetch(url)).json());
}

/**
 * Two exporters with one store in PostgreSQL are told of alerts, each alert by one of them, or by the other one when that
 * does not answer, while one or the other is killed (`SIGKILL`) and started again. Ends when all that was raised is told.
 */
export async function raiseThroughKills(options: KillsOptions): Promise<KillsOutcome> {
  const { storeUrl, alerts, kills, seed, say = () => undefined } = options;
  const random = randomOf(seed);
  const recorder = await startRecorder();
  const folders = [temporaryFolder('exporter-a'), temporaryFolder('exporter-b')];
  const ports = [await freePort(), await freePort()];
  const killed = [0, 0];
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const start = (which: number): Promise<TestExporter> =>
    startExporter(
      { VALTRONICS_STORE_URL: storeUrl, VALTRONICS_RECEIVERS_WEBHOOK_URL: recorder.url },
      { port: ports[which] ?? 0, stateFolder: folders[which]?.path ?? '', until: 'healthy' },
    );
  const running: TestExporter[] = [];

  async function kill(which: number): Promise<void> {
    killed[which] = (killed[which] ?? 0) + 1;
    await running[which]?.stop('SIGKILL');
    running[which] = await start(which);
  }

  async function raiseAnywhere(index: number): Promise<void> {
    for (let attempt = index; !(await raise(urls[attempt % 2] ?? '', `A${index}`)); attempt += 1)
      await delay(20);
  }

  try {
    running.push(await start(0), await start(1));
    // So many alerts between two kills; the last ones come when all is quiet again.
    const between = Math.max(1, Math.floor(alerts / (kills + 1)));
    let killing: Promise<void> = Promise.resolve();
    for (let index = 0; index < alerts; index += 1) {
      if (index % between === 0 && index > 0 && index / between <= kills) {
        // The one that was killed before is there again: there is always one to tell.
        await killing;
        const [which, wait] = [Math.floor(random() * 2), random() * 200];
        killing = delay(wait).then(() => kill(which));
        say(`alert ${index}: exporter ${'AB'[which]} is killed`);
      }
      await raiseAnywhere(index);
    }
    await killing;
    const names = Array.from({ length: alerts }, (_, index) => `A${index}`);
    const untold = (): string[] => names.filter((name) => !recorder.told.has(`firing ${name}`));
    await waitFor('all alerts to be told', () => untold().length === 0, 120_000).catch(() => undefined);
    const pending = `${urls[0]}/api/v1/alerts/deliveries?state=pending&limit=1`;
    await waitFor('an empty outbox', async () => (await ask(pending, pageSchema)).items.length === 0);
    const statistics = urls.map((url) => ask(`${url}/api/v1/alerts/statistics`, statisticsSchema));
    return {
      lost: untold(),
      doubled: [...recorder.told].filter(([, keys]) => keys.size > 1).map(([what]) => what),
      repeated: [...recorder.requests.values()].reduce((sum, times) => sum + times - 1, 0),
      rows: (await Promise.all(statistics)).map(({ total_alerts: total }) => total),
      killed,
    };
  } finally {
    for (const exporter of running) await exporter.stop('SIGKILL');
    await recorder.close();
    for (const folder of folders) await folder.remove();
  }
}
