import { once } from 'node:events';
import express from 'express';
import { createServer, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  FAMILIES,
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../test/support/http.ts';
import { waitFor } from '../../test/support/server.ts';
import { DEVICE_TELEMETRY } from '../metrics/catalogue/devices.ts';
import { createSeriesStore } from '../metrics/series-store.ts';
import type { HttpDependencies } from './dependencies.ts';
import { metricsRoute } from './metrics-route.ts';
import { addRoutes } from './route.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

async function start(changes: Partial<HttpDependencies> = {}): Promise<string> {
  server = await startTestServer({ dependencies: httpDependencies(changes) });
  return `${server.url}/metrics`;
}

const typesIn = (text: string): string[] =>
  [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] ?? '');

describe('GET /metrics', () => {
  it('is text 0.0.4 with the registry first and the devices after it', async () => {
    const answer = await rawRequest(await start());
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers.vary).toBe('Accept, Accept-Encoding');
    expect(typesIn(answer.text)).toEqual([
      ...FAMILIES.map(({ name }) => name),
      'valtronics_device_info',
      'valtronics_device_telemetry',
    ]);
  });

  it('is OpenMetrics for who prefers it', async () => {
    const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
    const answer = await rawRequest(await start(), { headers: { Accept: accept } });
    expect(answer.headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(answer.text).toContain(
      '# TYPE valtronics_mqtt_reconnects counter\nvaltronics_mqtt_reconnects_total 1\n',
    );
    expect(answer.text).toMatch(/# EOF\n$/);
  });

  it('is gzip when wanted, and the same text', async () => {
    const url = await start();
    const plain = await rawRequest(url);
    const packed = await rawRequest(url, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).toString()).toBe(plain.text);
    const refused = await rawRequest(url, { headers: { 'Accept-Encoding': 'gzip;q=0' } });
    expect(refused.headers['content-encoding']).toBeUndefined();
    expect(refused.text).toBe(plain.text);
    const neither = await rawRequest(url, { headers: { 'Accept-Encoding': 'identity;q=0, br' } });
    expect(neither.status).toBe(406);
  });

  it('gives the collection the scrape timeout less half a second', async () => {
    const budgets: number[] = [];
    const collect = (budget: number): Promise<void> => {
      budgets.push(budget);
      return Promise.resolve();
    };
    const url = await start({ source: { collect } });
    for (const timeout of ['5', '15.0', 'soon', undefined]) {
      await rawRequest(url, {
        headers: timeout === undefined ? {} : { 'X-Prometheus-Scrape-Timeout-Seconds': timeout },
      });
    }
    expect(budgets).toEqual([4500, 14_500, 9500, 9500]);
  });

  it('asks only for the owners that are wanted', async () => {
    const asked: string[][] = [];
    const collect = (_budget: number, owners?: ReadonlySet<string>): Promise<void> => {
      asked.push([...(owners ?? [])]);
      return Promise.resolve();
    };
    const url = await start({ source: { collect } });
    await rawRequest(`${url}?collect[]=redis&collect[]=fleet`);
    await rawRequest(`${url}?exclude[]=postgres`);
    expect(asked[0]).toEqual(['redis', 'fleet']);
    expect(asked[1]).toContain('api');
    expect(asked[1]).not.toContain('postgres');
  });

  it('answers with what is there when the collection hangs', async () => {
    const url = await start({ source: { collect: () => new Promise(() => undefined) } });
    const headers = { 'X-Prometheus-Scrape-Timeout-Seconds': '0.2' };
    const answer = await rawRequest(url, { headers });
    expect(answer.status).toBe(200);
    expect(typesIn(answer.text)).toContain('valtronics_device_info');
  });

  it('answers with what is there when the collection fails, and logs it', async () => {
    const logger = recordingLogger();
    const url = await start({ logger, source: { collect: () => Promise.reject(new Error('no route')) } });
    expect((await rawRequest(url)).status).toBe(200);
    expect(logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: { error: 'no route' } }),
    );
  });

  it('shows only what collect[] names, or all but what exclude[] names', async () => {
    const url = await start();
    const fleet = await rawRequest(`${url}?collect[]=fleet`);
    expect(typesIn(fleet.text)).toEqual([
      'valtronics_devices_total',
      'valtronics_device_info',
      'valtronics_device_telemetry',
    ]);
    const two = await rawRequest(`${url}?collect%5B%5D=mqtt&collect[]=redis`);
    expect(typesIn(two.text)).toEqual(['valtronics_mqtt_reconnects_total', 'valtronics_redis_ping_seconds']);
    const rest = await rawRequest(`${url}?exclude[]=fleet&exclude[]=api`);
    expect(typesIn(rest.text)).toEqual(['valtronics_mqtt_reconnects_total', 'valtronics_redis_ping_seconds']);
    const nothing = await rawRequest(`${url}?collect[]=postgres`);
    expect([nothing.status, nothing.text]).toEqual([200, '']);
  });

  it('refuses unknown names, saying which there are, and both ways at once', async () => {
    const url = await start();
    const unknown = await rawRequest(`${url}?collect[]=api&collect[]=nope`);
    expect(unknown.status).toBe(400);
    expect(unknown.text).toContain('nope');
    expect(JSON.parse(unknown.text)).toMatchObject({
      error: {
        code: 'bad_request',
        details: {
          allowed: ['api', 'postgres', 'mqtt', 'broker', 'redis', 'access_log', 'fleet', 'exporter'],
        },
      },
    });
    expect((await rawRequest(`${url}?exclude[]=__proto__`)).status).toBe(400);
    expect((await rawRequest(`${url}?collect[]=api&exclude[]=mqtt`)).status).toBe(400);
  });

  it('turns the 21st scrape of one client and the 41st of all away, and works again after', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let running = 0;
    const collect = (): Promise<void> => {
      running += 1;
      return held;
    };
    const url = await start({ source: { collect } });
    // Prometheus' own limit, beyond which an answer is given without what is held.
    const headers = { 'X-Prometheus-Scrape-Timeout-Seconds': '120' };
    const scrape = (from: string) => rawRequest(url, { localAddress: from, headers });
    const several = (from: string) => Array.from({ length: 20 }, () => scrape(from));
    const scrapes = several('127.0.0.1');
    await waitFor('20 scrapes under way', () => running === 20);
    expect((await scrape('127.0.0.1')).status).toBe(503);
    scrapes.push(...several('127.0.0.2'));
    await waitFor('40 scrapes under way', () => running === 40);
    const refused = await scrape('127.0.0.3');
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
    release();
    const answers = await Promise.all(scrapes);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
    expect((await scrape('127.0.0.1')).status).toBe(200);
  });

  it('serves who reads although many do not', async () => {
    const store = createSeriesStore(DEVICE_TELEMETRY);
    for (let i = 0; i < 100_000; i += 1) {
      store.set(store.add({ device_id: `D-${i}`, metric_name: 'temperature', unit: '°C' }), i);
    }
    const { fleet } = httpDependencies();
    let running = 0;
    const collect = (): Promise<void> => {
      running += 1;
      return Promise.resolve();
    };
    const url = await start({ source: { collect }, fleet: { ...fleet, series: [store] } });
    const { port } = new URL(url);
    const idle = Array.from({ length: 40 }, (_, index) => {
      const socket = connect({
        port: Number(port),
        host: '127.0.0.1',
        localAddress: `127.0.0.${1 + (index % 2)}`,
      });
      socket.on('error', () => undefined).pause();
      socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
      return socket;
    });
    await waitFor('40 clients', () => running === 40);
    await waitFor('a scrape', async () => (await rawRequest(url)).status === 200);
    for (const socket of idle) socket.destroy();
  });

  it('leaves out what the settings leave out, families of the registry and of the devices', async () => {
    const url = await start({ isLeftOut: (family) => /_info$|^valtronics_api/.test(family) });
    const types = typesIn((await rawRequest(url)).text);
    expect(types).not.toContain('valtronics_device_info');
    expect(types.filter((name) => name.startsWith('valtronics_api'))).toEqual([]);
    expect(types).toContain('valtronics_device_telemetry');
  });

  it('breaks with a client that takes nothing', async () => {
    const store = createSeriesStore(DEVICE_TELEMETRY);
    for (let i = 0; i < 100_000; i += 1) {
      store.set(store.add({ device_id: `D-${i}`, metric_name: 'temperature', unit: '°C' }), i);
    }
    const dependencies = httpDependencies();
    const app = express();
    const { fleet } = dependencies;
    addRoutes(app.router, [metricsRoute({ ...dependencies, fleet: { ...fleet, series: [store] } }, 100)]);
    const local = createServer(app).listen(0, '127.0.0.1');
    await once(local, 'listening');
    const address = local.address();
    const broken = new Promise<void>((resolve) => {
      local.once('request', (_request, response) => response.once('close', resolve));
    });
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
    socket.on('error', () => undefined).pause();
    socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    await broken;
    socket.destroy();
    local.close();
  });

  it('stops rendering when the client goes away, and frees its place', async () => {
    const store = createSeriesStore(DEVICE_TELEMETRY);
    for (let i = 0; i < 200_000; i += 1) {
      store.set(store.add({ device_id: `D-${i}`, metric_name: 'temperature', unit: '°C' }), i);
    }
    let chunks = 0;
    let over = false;
    const watched = {
      family: store.family,
      size: store.size,
      add: () => 0,
      set: () => undefined,
      get: () => 0,
      remove: () => undefined,
      clear: () => undefined,
      *chunks() {
        try {
          for (const chunk of store.chunks()) {
            chunks += 1;
            yield chunk;
          }
        } finally {
          over = true;
        }
      },
    };
    const { fleet } = httpDependencies();
    const url = await start({ fleet: { ...fleet, series: [watched] } });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { agent: false }, resolve).once('error', reject);
    });
    await once(response, 'readable');
    response.destroy();
    await waitFor('the rendering ends', () => over);
    expect(chunks).toBeLessThan([...store.chunks()].length);
    expect((await rawRequest(`${url}?collect[]=mqtt`)).status).toBe(200);
  });

  it('breaks the connection rather than end an exposition that is not whole', async () => {
    const logger = recordingLogger();
    const { fleet } = httpDependencies();
    const [info] = fleet.series;
    if (info === undefined) throw new Error('no series');
    const broken = {
      family: info.family,
      size: 1,
      add: () => 0,
      set: () => undefined,
      get: () => 0,
      remove: () => undefined,
      clear: () => undefined,
      *chunks(): IterableIterator<Uint8Array> {
        yield Buffer.from('valtronics_device_info 1\n');
        throw new Error('torn');
      },
    };
    for (const headers of [{}, { 'Accept-Encoding': 'gzip' }]) {
      const url = await start({ logger, fleet: { ...fleet, series: [broken] } });
      await expect(rawRequest(url, { headers })).rejects.toThrow(/aborted|hang up/);
      await server?.stop();
    }
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it('a failing registry is an error in the one shape', async () => {
    const snapshot = () => Promise.reject(new Error('broken'));
    const url = await start({ metrics: { ...httpDependencies().metrics, snapshot } });
    const answer = await rawRequest(url, { headers: { 'Accept-Encoding': 'gzip' } });
    expect([answer.status, answer.headers['content-type']]).toEqual([500, 'application/json; charset=utf-8']);
    expect(answer.text).not.toContain('broken');
  });
});
