import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { valueOf } from '../support/exporter.ts';
import { json, startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { type Reloadable, reloadable } from '../support/reloadable.ts';
import { freePort } from '../support/server.ts';

const WHO = '/api/v1/who';
let exporter: Reloadable;
let first: FakeApi;
let second: FakeApi;
let port: number;

/** Who answers through the gateway, and the port of the connection that was asked by. */
function ask(agent?: Agent): Promise<{ body: string; from: number | undefined }> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: WHO, ...(agent && { agent }) }, (answer) => {
      const from = answer.socket.localPort;
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.once('end', () => resolve({ body, from }));
    });
    request.once('error', reject);
  });
}

beforeAll(async () => {
  [first, second] = [await startFakeApi(), await startFakeApi()];
  first.set(WHO, json('first'));
  second.set(WHO, json('second'));
});
beforeEach(async () => {
  exporter = reloadable();
  port = await freePort();
  await exporter.start({
    VALTRONICS_GATEWAY_LISTEN: `127.0.0.1:${port}`,
    VALTRONICS_GATEWAY_UPSTREAM: first.url,
    VALTRONICS_GATEWAY_ACCESS_LOG: `${exporter.folder}/access.log`,
    VALTRONICS_API_REQUESTS_SOURCE: 'gateway',
  });
});
afterEach(() => exporter.remove());
afterAll(() => Promise.all([first.stop(), second.stop()]));

describe('a gateway in the exporter’s process', () => {
  it('stays through a reload that does not mean it, its connections included', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const before = await ask(agent);
      await exporter.reload({ VALTRONICS_MAX_DEVICES: '7' });
      expect(await ask(agent)).toEqual(before);
    } finally {
      agent.destroy();
    }
  });

  it('follows the settings, and goes on counting', async () => {
    expect((await ask()).body).toBe('"first"');
    await exporter.reload({ VALTRONICS_GATEWAY_UPSTREAM: second.url });
    expect((await ask()).body).toBe('"second"');
    const text = await exporter.scrape();
    expect(valueOf(text, 'valtronics_gateway_overhead_seconds_count')).toBe(2);
    expect(text).toContain(
      'valtronics_api_requests_total{method="GET",endpoint="/api/v1/who",status="200"} 2',
    );
  });

  it('is the old one where the new one cannot listen', async () => {
    const holder = createServer();
    const taken = await freePort();
    await new Promise<void>((resolve) => holder.listen(taken, '127.0.0.1', resolve));
    try {
      await expect(exporter.reload({ VALTRONICS_GATEWAY_LISTEN: `127.0.0.1:${taken}` })).rejects.toThrow(
        `cannot listen on 127.0.0.1:${taken}`,
      );
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
    expect((await ask()).body).toBe('"first"');
  });

  it('goes where the settings have none any more, and takes its gauge along', async () => {
    await exporter.reload({ VALTRONICS_GATEWAY_LISTEN: undefined });
    await expect(ask()).rejects.toThrow('ECONNREFUSED');
    expect(await exporter.scrape()).not.toContain('valtronics_gateway_in_flight');
  });
});
