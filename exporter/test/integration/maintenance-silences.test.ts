import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createSilenceClient } from '../../src/alerts/maintenance/silence-keeper.ts';
import { silencesOf } from '../../src/alerts/maintenance/silence.ts';
import { type AlertApi, startAlertApi } from '../support/alert-api.ts';
import { ALERTMANAGER, startQuietAlertmanager } from '../support/alertmanager.ts';
import { deviceView } from '../support/http.ts';
import { describeWith } from '../support/require.ts';
import { freePort, type RunningServer, temporaryFolder, waitFor } from '../support/server.ts';

const silencesSchema = z.array(
  z.object({
    matchers: z.array(z.object({ name: z.string(), value: z.string() })),
    comment: z.string(),
    status: z.object({ state: z.string() }),
  }),
);
const alertsSchema = z.array(
  z.object({ labels: z.record(z.string(), z.string()), status: z.object({ state: z.string() }) }),
);

describeWith([ALERTMANAGER], 'maintenance windows and a real Alertmanager', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let url: string;
  let port: number;
  let alertmanager: RunningServer;
  let api: AlertApi;

  beforeEach(async () => {
    folder = temporaryFolder('maintenance');
    port = await freePort();
    url = `http://127.0.0.1:${port}`;
    alertmanager = await startQuietAlertmanager(folder.path, port);
    api = await startAlertApi({
      now: Date.now,
      settings: { alertmanager: { url } },
      devices: [deviceView({ deviceId: 'MOCK-7', deviceType: 'pump', location: 'Lab (B)' })],
    });
  }, 300_000);
  afterEach(async () => {
    await api.stop();
    await alertmanager.stop();
    await folder.remove();
  });

  const silences = async () =>
    silencesSchema.parse(await (await fetch(`${url}/api/v2/silences`).catch(() => undefined))?.json());
  const alerts = async () => alertsSchema.parse(await (await fetch(`${url}/api/v2/alerts`)).json());

  /** Prometheus' alerts, as Alertmanager gets them. */
  async function fire(...labels: Record<string, string>[]): Promise<void> {
    await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(labels.map((one, i) => ({ labels: { alertname: `A${i}`, ...one } }))),
    });
  }

  async function begin(scope: object): Promise<string> {
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await api.post('/maintenance', { ...scope, endsAt, comment: 'new fan' });
    return String(body['id']);
  }

  it('silence what is covered and nothing else, until somebody ends them', async () => {
    await fire(
      { device_id: 'a.b|c' },
      { device_id: 'axb' },
      { device_id: 'd-9', location: 'Lab (B)' },
      { device_id: 'MOCK-7' },
      { device_id: 'MOCK-77' },
    );
    const id = await begin({ devices: ['a.b|c'], locations: ['Lab (B)'] });
    await waitFor('three silences', async () => (await silences()).length === 3);
    expect(
      (await alerts()).map(({ labels, status }) => `${labels['alertname'] ?? ''} ${status.state}`).sort(),
    ).toEqual(['A0 suppressed', 'A1 active', 'A2 suppressed', 'A3 suppressed', 'A4 active']);
    expect((await api.post(`/maintenance/${id}/end`)).status).toBe(200);
    await waitFor('their end', async () => {
      const known = await silences();
      return known.length > 0 && known.every(({ status }) => status.state === 'expired');
    });
  });

  it('are made when Alertmanager is back', async () => {
    await alertmanager.stop();
    await begin({ devices: ['MOCK-7'] });
    await waitFor('the failure', () =>
      api.logger.lines.some(({ message }) => message.includes('silences for maintenance')),
    );
    alertmanager = await startQuietAlertmanager(folder.path, port);
    await waitFor('the silence', async () => (await silences()).length === 1);
  }, 300_000);

  it('tell what is wrong when Alertmanager refuses or does not speak its language', async () => {
    const client = createSilenceClient(url);
    const signal = AbortSignal.timeout(10_000);
    // 500 in Alertmanager 0.25, 404 later.
    await expect(client.expire('00000000-0000-4000-8000-000000000000', signal)).rejects.toThrow(
      /^Alertmanager at 127\.0\.0\.1:\d+ answered [45]\d\d/,
    );
    const past = { id: 'x', devices: ['d'], deviceTypes: [], locations: [], startsAt: 0, endsAt: 1 };
    const [made] = silencesOf(
      { ...past, createdAt: 0, createdBy: { kind: 'token', name: 't' }, comment: '', endedBy: null },
      [],
    );
    if (made === undefined) throw new Error('no silence');
    await expect(client.create(made.silence, signal)).rejects.toMatchObject({ permanent: true });
    await expect(createSilenceClient(`${api.url}/api/v1/openapi.json?`).list(signal)).rejects.toThrow(
      'in an unknown form',
    );
  });
});
