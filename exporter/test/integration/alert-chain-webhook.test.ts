import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startExporter, type TestExporter } from '../support/exporter.ts';

const TOKEN = 'a-long-token';
const history = z.object({ items: z.array(z.object({ name: z.string(), state: z.string() })) });
const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

function notified(name: string, changes: object = {}) {
  return {
    status: 'firing',
    labels: { alertname: name, severity: 'critical' },
    annotations: { summary: 'short' },
    startsAt: '2026-11-23T14:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    ...changes,
  };
}
const payload = (alerts: readonly object[], changes: object = {}): string =>
  JSON.stringify({ version: '4', status: 'firing', alerts, ...changes });

describe('the webhook of a running exporter', () => {
  let exporter: TestExporter;
  beforeAll(async () => {
    exporter = await startExporter({ VALTRONICS_TOKEN: TOKEN });
  });
  afterAll(() => exporter.stop());

  const post = async (body: string, headers: Record<string, string> = {}) =>
    fetch(`${exporter.url}/api/v1/alerts/webhook`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json', ...headers },
      body,
    });
  async function stored(): Promise<readonly unknown[]> {
    const response = await fetch(`${exporter.url}/api/v1/alerts/history`, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    return history.parse(await response.json()).items;
  }

  it.each<[string, string, Record<string, string>, number, string]>([
    ['without a token', payload([notified('A')]), { Authorization: '' }, 401, 'token'],
    ['with a wrong token', payload([notified('A')]), { Authorization: 'Bearer another-token' }, 401, 'token'],
    [
      'from a web page',
      payload([notified('A')]),
      { Origin: 'https://evil.example.com' },
      403,
      'another site',
    ],
    ['as a form', payload([notified('A')]), { 'Content-Type': 'text/plain' }, 415, 'application/json'],
    ['of version 5', payload([notified('A')], { version: '5' }), {}, 422, 'version 4'],
    ['cut off', payload([notified('A')]).slice(0, -5), {}, 400, 'JSON'],
    ['that is empty', '', {}, 422, 'version'],
    [
      'with one bad alert among good ones',
      payload([notified('A'), notified('B', { startsAt: 5 })]),
      {},
      422,
      'startsAt',
    ],
    ['of nine megabytes', payload([notified('A'.repeat(9 * 1024 * 1024))]), {}, 413, ''],
    [
      'of more alerts than one notification holds',
      payload(Array.from({ length: 10_001 }, () => ({ ...notified('A'), annotations: {} }))),
      {},
      422,
      '10000',
    ],
    ['nested without end', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, {}, 422, ''],
  ])('refuses a notification %s, and stores nothing of it', async (_what, body, headers, status, words) => {
    const response = await post(body, headers);
    const text = await response.text();
    expect([response.status, text]).toEqual([status, text]);
    const { error } = refusal.parse(JSON.parse(text));
    expect(error.message).toContain(words);
    // Short and in words: no stack, nothing of what was sent.
    expect(error.message.length).toBeLessThan(500);
    expect(text).not.toMatch(/ at .+:\d+/);
    expect(await stored()).toEqual([]);
  });

  it('stores nothing of a notification whose sender goes away in the middle', async () => {
    const body = payload([notified('A')]);
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${exporter.url}/api/v1/alerts/webhook`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${TOKEN}`,
          'Content-Type': 'application/json',
          'Content-Length': body.length,
        },
      });
      request.on('error', () => resolve());
      request.write(body.slice(0, 40), () => request.destroy());
    });
    expect(await stored()).toEqual([]);
  });

  it('has taken no harm: a thousand alerts at once are stored whole', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `Many${index}`);
    const response = await post(payload(names.map((name) => notified(name))));
    expect([response.status, await response.json()]).toMatchObject([200, { stored: 1000 }]);
    expect(
      await exporter.value(
        'valtronics_store_alerts{source="alertmanager",state="active",severity="critical"}',
      ),
    ).toBe(1000);
  });
});
