import { connectDevice } from './watched-mqtt.ts';
import { startExporter, type TestExporter } from './exporter.ts';
import { temporaryFolder } from './server.ts';

/** Exporters that share one fleet, each with a state folder that its restarts keep. */
export interface Shards {
  readonly exporters: TestExporter[];
  /** What all of them expose now, one text each. */
  metrics(): Promise<string[]>;
  /** Ends those that run, does something meanwhile, and starts so many anew, on the folders of before. */
  resize(total: number, meanwhile?: () => Promise<void>): Promise<void>;
  /** Starts the one of that number again, after it was stopped. */
  restart(shard: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `total` exporters with the settings and a number each. The caller stops them. */
export async function startShards(
  total: number,
  settings: Readonly<Record<string, string>>,
): Promise<Shards> {
  const folders: ReturnType<typeof temporaryFolder>[] = [];
  const exporters: TestExporter[] = [];
  let count = 0;

  function start(shard: number): Promise<TestExporter> {
    const folder = (folders[shard] ??= temporaryFolder(`shard-${shard}`));
    const numbers = { VALTRONICS_SHARD: String(shard), VALTRONICS_TOTAL_SHARDS: String(count) };
    return startExporter({ ...settings, ...numbers }, { stateFolder: folder.path });
  }

  async function resize(next: number, meanwhile?: () => Promise<void>): Promise<void> {
    await Promise.all(exporters.splice(0).map((exporter) => exporter.stop()));
    await meanwhile?.();
    count = next;
    exporters.push(...(await Promise.all(Array.from({ length: count }, (_, shard) => start(shard)))));
  }

  await resize(total);
  return {
    exporters,
    metrics: () => Promise.all(exporters.map((exporter) => exporter.metrics())),
    resize,
    restart: async (shard) => {
      exporters[shard] = await start(shard);
    },
    stop: async () => {
      await resize(0);
      for (const folder of folders) await folder.remove();
    },
  };
}

/** Samples of exposition text: value by name and labels, as they are written. */
export function samplesOf(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The sum of each series over all the texts. */
export function summed(texts: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const text of texts)
    for (const [series, value] of samplesOf(text)) sums.set(series, (sums.get(series) ?? 0) + value);
  return sums;
}

/** Device ids that have `valtronics_device_info`, sorted, as often as they have it. */
export function devicesIn(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => [...text.matchAll(/^valtronics_device_status\{device_id="([^"]*)"/gm)])
    .map(([, id = '']) => id)
    .sort();
}

/** Telemetry points that the texts count, all types and metrics together. */
export function pointsIn(texts: readonly string[]): number {
  return [...summed(texts)]
    .filter(([series]) => series.startsWith('valtronics_telemetry_points_total{'))
    .reduce((sum, [, value]) => sum + value, 0);
}

/** Sends one reading of every device, of each metric, to the broker at QoS 1; resolves when the broker has them all. */
export async function publishReadings(
  url: string,
  ids: readonly string[],
  value: number,
  metrics: readonly string[] = ['temperature'],
): Promise<void> {
  const readings = metrics.map((name) => ({ name, value, unit: '°C' }));
  const payload = JSON.stringify({ metrics: readings });
  const client = await connectDevice(url);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++])
      await client.publishAsync(`valtronics/${id}/telemetry`, payload, { qos: 1 });
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  await client.endAsync();
}
