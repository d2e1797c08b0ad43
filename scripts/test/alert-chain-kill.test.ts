import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { startExporter, type TestExporter } from '../../exporter/test/support/exporter.ts';
import { freePort, temporaryFolder, waitFor } from '../../exporter/test/support/server.ts';
import { createRandom } from '../../simulator/src/model/random.ts';
import { TOKEN } from './support/alert-chain.ts';
import { type Delivery, type LoopbackHttp, startHttpReceiver } from './support/loopback-receivers.ts';
import { type StoreApi, storeApi } from './support/store-api.ts';

const KILLS = 50;
/** Alerts of a portion that come by each way; a portion comes with each kill. */
const EACH = 10;
/** An alert is over that many portions after it began. */
const LASTS = 8;
/** Longest life of the exporter after it answers, milliseconds. */
const LIFE = 500;

const event = z.object({ dedup_key: z.string(), event_action: z.string() });
const hook = z.object({ kind: z.string(), alert: z.object({ fingerprint: z.string(), name: z.string() }) });
const found = z.object({ fingerprint: z.string() });

const byApi = (portion: number): string[] =>
  Array.from({ length: EACH }, (_, index) => `Api${portion}x${index}`);
const byWebhook = (portion: number): string[] => byApi(portion).map((name) => name.replace('Api', 'Hook'));
const PORTIONS = Array.from({ length: KILLS }, (_, portion) => portion);

/** Words to each key, as the receiver got them. */
function wordsByKey(
  deliveries: readonly Delivery[],
  path: string,
  read: (body: unknown) => [key: string, word: string],
): Map<string, string[]> {
  const words = new Map<string, string[]>();
  for (const delivery of deliveries.filter((one) => one.path === path)) {
    const [key, word] = read(JSON.parse(delivery.body));
    words.set(key, [...(words.get(key) ?? []), word]);
  }
  return words;
}

/** No alert is lost and none gets a second key, however often the exporter is killed on the way. */
describe('an exporter that is killed while alerts pass', () => {
  const seed = Number(process.env['KILL_SEED'] ?? 1);
  const random = createRandom(seed);
  const fingerprints = new Map<string, string>();
  let folder: ReturnType<typeof temporaryFolder>;
  let receivers: LoopbackHttp;
  let exporter: TestExporter;
  let store: StoreApi;
  let port: number;

  const start = async (): Promise<TestExporter> =>
    startExporter(
      {
        VALTRONICS_TOKEN: TOKEN,
        // Starting it 51 times is most of this test's time.
        NODE_COMPILE_CACHE: join(folder.path, 'compiled'),
        VALTRONICS_RECEIVERS_WEBHOOK_URL: `${receivers.base}/hook`,
        VALTRONICS_RECEIVERS_PAGERDUTY_ROUTING_KEY: 'key',
        VALTRONICS_RECEIVERS_PAGERDUTY_URL: `${receivers.base}/pagerduty`,
      },
      { port, stateFolder: join(folder.path, 'state') },
    );

  beforeAll(async () => {
    folder = temporaryFolder('alert-kill');
    receivers = await startHttpReceiver();
    port = await freePort();
    store = storeApi(`http://127.0.0.1:${port}`, TOKEN);
    exporter = await start();
  });
  afterAll(async () => {
    await exporter.stop();
    await receivers.stop();
    await folder.remove();
  });

  /** Says it until the exporter has taken it, as every sender has to. `done` is an answer that means so, too. */
  async function insist(path: string, body: unknown, done = / answered 409: /): Promise<unknown> {
    let answer: unknown;
    await waitFor(`the exporter takes ${path}`, async () => {
      try {
        answer = await store.call(path, body);
        return true;
      } catch (error) {
        const message = String(error);
        if (done.test(message)) return true;
        // Away or killed with the request under way; anything that it answers itself is a failure.
        if (!/ answered /.test(message)) return false;
        throw error;
      }
    });
    return answer;
  }

  function notify(portion: number, status: 'firing' | 'resolved'): Promise<unknown> {
    const alerts = byWebhook(portion).map((name) => ({
      status,
      labels: { alertname: name, severity: 'critical', cluster: 'demo' },
      annotations: { summary: 'hums' },
      startsAt: '2026-11-23T14:00:00Z',
      endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : new Date().toISOString(),
    }));
    return insist('/webhook', { version: '4', alerts });
  }

  async function raise(portion: number): Promise<void> {
    const posts = byApi(portion).map(async (name) => {
      const alert = found.parse(await insist('', { name, severity: 'critical', message: 'hums' }));
      fingerprints.set(name, alert.fingerprint);
    });
    await Promise.all([notify(portion, 'firing'), ...posts]);
  }

  async function end(portion: number): Promise<void> {
    const posts = byApi(portion).map((name) => insist(`/${fingerprints.get(name) ?? ''}/resolve`, {}));
    await Promise.all([notify(portion, 'resolved'), ...posts]);
  }

  it(`loses none of ${KILLS * EACH * 2} in ${KILLS} kills and tells none under two keys (KILL_SEED=${seed})`, async () => {
    let latest: Promise<unknown> = Promise.resolve();
    for (const portion of PORTIONS) {
      const passing = latest.then(async () => {
        await raise(portion);
        if (portion >= LASTS) await end(portion - LASTS);
      });
      // Awaited at the end; a failure must not end the process before that.
      passing.catch(() => undefined);
      latest = passing;
      await delay(random.between(0, LIFE));
      await exporter.stop('SIGKILL');
      exporter = await start();
    }
    await latest;
    for (const portion of PORTIONS.slice(-LASTS)) await end(portion);

    const names = PORTIONS.flatMap((portion) => [...byApi(portion), ...byWebhook(portion)]);
    const rows = await store.history();
    expect(rows.map(({ name }) => name).sort()).toEqual(names.sort());
    expect(rows.filter(({ state }) => state !== 'resolved')).toEqual([]);

    const pages = () =>
      wordsByKey(receivers.deliveries, '/pagerduty', (body) => {
        const { dedup_key: key, event_action: word } = event.parse(body);
        return [key, word === 'resolve' ? 'resolved' : 'firing'];
      });
    const hooks = () =>
      wordsByKey(receivers.deliveries, '/hook', (body) => {
        const { kind, alert } = hook.parse(body);
        return [alert.fingerprint, kind];
      });
    const keys = [...fingerprints.values()].sort();
    const over = (words: Map<string, string[]>): number =>
      [...words.values()].filter((said) => said.includes('resolved')).length;
    await waitFor(
      'both receivers heard that all are over',
      () => over(pages()) >= keys.length && over(hooks()) >= keys.length,
    );
    for (const words of [pages(), hooks()]) {
      // Those of Alertmanager are not told on, so the keys are those of the others, and only those.
      expect([...words.keys()].sort()).toEqual(keys);
      expect(keys.filter((key) => words.get(key)?.[0] !== 'firing')).toEqual([]);
      expect(keys.filter((key) => words.get(key)?.at(-1) !== 'resolved')).toEqual([]);
    }
  }, 1_800_000);
});
