import { createServer, get, type Server } from 'node:http';
import { PassThrough, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anyValue,
  hostileText,
  libraryText,
  playInto,
  recordedFamilies,
  type RecordedFamily,
} from '../../test/support/recorded-families.ts';
import { freePort, waitFor } from '../../test/support/server.ts';
import { DEVICE_LAST_SEEN, DEVICE_STATUS } from './catalogue/devices.ts';
import type { FamilyOwner } from './family.ts';
import { createMetrics } from './registry.ts';
import { writeExposition, type ExpositionParts, type WriteOptions } from './scrape.ts';
import { createSeriesStore } from './series-store.ts';
import type { SeriesStore } from './series.ts';

const statuses = (devices: number): SeriesStore => {
  const store = createSeriesStore(DEVICE_STATUS);
  for (let device = 0; device < devices; device += 1) {
    store.set(store.add({ device_id: `dev-${device}`, device_type: 'sensor' }), device % 6);
  }
  return store;
};

async function written(
  parts: ExpositionParts,
  format: 'text' | 'openmetrics',
  options?: WriteOptions,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  const result = await writeExposition((chunk) => void chunks.push(chunk), parts, format, options);
  const bytes = Buffer.concat(chunks);
  expect(result).toEqual({ complete: true, bytes: bytes.length });
  return bytes.toString();
}

describe.each(['text', 'openmetrics'] as const)('writeExposition as %s', (format) => {
  it('gives byte for byte what prom-client gives for registry and per-device families together', async () => {
    const rows = fc.uniqueArray(fc.record({ device_id: hostileText, value: anyValue }), {
      selector: ({ device_id }) => device_id,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(recordedFamilies, rows, rows, async (record, first, second) => {
        const metrics = createMetrics({ defaultMetrics: false });
        playInto(metrics, record);
        const perDevice: RecordedFamily[] = [];
        const stores = [first, second].map((series, index) => {
          const family = { ...DEVICE_LAST_SEEN, name: `valtronics_device_${index}` };
          const store = createSeriesStore(family);
          for (const { device_id, value } of series) store.set(store.add({ device_id }), value);
          if (series.length > 0) {
            const played = series.map(({ device_id, value }) => ({ labels: { device_id }, values: [value] }));
            perDevice.push({ family, series: played });
          }
          return store;
        });
        const text = await written({ families: await metrics.snapshot(), stores }, format);
        const expected = await libraryText([...record, ...perDevice], format);
        expect(text).toBe(Buffer.from(expected).toString());
      }),
    );
  });
});

describe('writeExposition', () => {
  const metrics = createMetrics({ defaultMetrics: false });
  const base = {
    type: 'gauge',
    help: 'Of the test',
    labels: [],
    owner: 'postgres',
    cardinality: '1',
  } as const;
  metrics.publish({ ...base, name: 'valtronics_database_connections' }, [{ labels: {}, value: 1 }]);
  metrics.publish({ ...base, name: 'process_of_the_test' }, [{ labels: {}, value: 2 }]);

  const namesFor = async (owners: readonly FamilyOwner[]): Promise<readonly string[]> => {
    const parts = { families: await metrics.snapshot(), stores: [statuses(1)] };
    const text = await written(parts, 'text', { owners: new Set(owners) });
    return text.match(/^\w+/gm) ?? [];
  };

  it.each<[FamilyOwner, readonly string[]]>([
    ['postgres', ['valtronics_database_connections']],
    ['exporter', ['process_of_the_test']],
    ['fleet', ['valtronics_device_status']],
    ['redis', []],
  ])('writes only the families of %s', async (owner, names) => {
    expect(await namesFor([owner])).toEqual(names);
  });

  it('leaves a family without samples out wholly, be it in the registry or a store', async () => {
    const unset = createSeriesStore(DEVICE_LAST_SEEN);
    unset.add({ device_id: 'never heard' });
    const empty = { name: 'empty', type: 'gauge', help: 'Nothing', samples: [] } as const;
    const parts = { families: [empty], stores: [unset, statuses(1), createSeriesStore(DEVICE_LAST_SEEN)] };
    expect(await written(parts, 'text')).toMatch(
      /^# HELP valtronics_device_status [^\n]+\n# TYPE [^\n]+\n[^\n#]+\n$/,
    );
    expect(await written({ families: [empty], stores: [unset] }, 'text')).toBe('');
    expect(await written({ families: [], stores: [] }, 'openmetrics')).toBe('# EOF\n');
  });

  it('lets other work run between pieces', async () => {
    let turns = 0;
    let done = false;
    const count = (): void => {
      turns += 1;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    const pieces: number[] = [];
    const sink = (chunk: Uint8Array): void => void pieces.push(chunk.length);
    await writeExposition(sink, { families: [], stores: [statuses(10_000)] }, 'text', {
      turnMilliseconds: 0,
    });
    done = true;
    expect(turns).toBeGreaterThanOrEqual(pieces.length);
    expect(pieces.length).toBeGreaterThan(5);
  });

  it('hands the next piece over only when the one before was taken', async () => {
    let busy = 0;
    let most = 0;
    const slow = async (): Promise<void> => {
      most = Math.max(most, (busy += 1));
      await new Promise((resolve) => setImmediate(resolve));
      busy -= 1;
    };
    await writeExposition(slow, { families: [], stores: [statuses(10_000)] }, 'text');
    expect(most).toBe(1);
  });

  it('waits for a slow stream and keeps what it buffers small', async () => {
    const stream = new PassThrough({ highWaterMark: 1024 });
    const writing = writeExposition(stream, { families: [], stores: [statuses(10_000)] }, 'openmetrics');
    let most = 0;
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      most = Math.max(most, stream.writableLength);
      text += chunk.toString();
      stream.pause();
      setImmediate(() => stream.resume());
    });
    const { complete, bytes } = await writing;
    stream.end();
    await waitFor('the end of the stream', () => stream.readableEnded);
    expect([complete, bytes]).toEqual([true, text.length]);
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    expect(most).toBeLessThan(200_000);
    expect(stream.listenerCount('drain') + stream.listenerCount('error')).toBe(0);
  });

  it('survives gzip', async () => {
    const parts = { families: await metrics.snapshot(), stores: [statuses(5000)] };
    const gzip = createGzip({ level: 1 });
    const packed: Buffer[] = [];
    gzip.on('data', (chunk: Buffer) => packed.push(chunk));
    await writeExposition(gzip, parts, 'text');
    gzip.end();
    await waitFor('the end of gzip', () => gzip.readableEnded);
    expect(gunzipSync(Buffer.concat(packed)).toString()).toBe(await written(parts, 'text'));
  });
});

describe('writeExposition to receivers that end early', () => {
  const parts = { families: [], stores: [statuses(50_000)] };
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('stops when the signal is aborted', async () => {
    const stop = new AbortController();
    const result = await writeExposition(() => stop.abort(), parts, 'text', { signal: stop.signal });
    expect(result.complete).toBe(false);
    expect(result.bytes).toBeLessThan(200_000);
  });

  it('rejects with the error of a sink and of a stream', async () => {
    const fails = (): Promise<void> => Promise.reject(new Error('disk is full'));
    await expect(writeExposition(fails, parts, 'text')).rejects.toThrow('disk is full');
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('pipe broke')) });
    await expect(writeExposition(stream, parts, 'text')).rejects.toThrow('pipe broke');
    await expect(writeExposition(stream, parts, 'text')).rejects.toThrow('pipe broke');
  });

  it('writes nothing to a stream that has been destroyed', async () => {
    const stream = new PassThrough();
    stream.destroy();
    expect(await writeExposition(stream, parts, 'text')).toEqual({ complete: false, bytes: 0 });
  });

  it('ends quietly when the far end of a pipeline goes away', async () => {
    const gunzip = createGunzip();
    const gzip = createGzip({ level: 1 });
    const piping = pipeline(gzip, gunzip).catch((error: unknown) => error);
    const writing = writeExposition(gzip, parts, 'text');
    gunzip.destroy();
    expect((await writing).complete).toBe(false);
    expect(await piping).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  });

  it('ends quietly when an HTTP client goes away in the middle', async () => {
    const results: boolean[] = [];
    const server = createServer((_request, response) => {
      void writeExposition(response, parts, 'text').then(({ complete }) => results.push(complete));
    });
    servers.push(server);
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const request = get({ host: '127.0.0.1', port }, (response) => {
      response.once('data', () => request.destroy());
      response.on('error', () => undefined);
    });
    request.on('error', () => undefined);
    await waitFor('the end of writing', () => results.length === 1);
    expect(results).toEqual([false]);
  });
});
