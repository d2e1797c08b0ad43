import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { json, startFakeApi } from '../../../test/support/fake-api.ts';
import { createPlatformSchema } from '../../../test/support/platform-schema.ts';
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts';
import { describeWith, POSTGRES } from '../../../test/support/require.ts';
import { manualClock } from '../../../test/support/clock.ts';
import { watchApi } from '../../../test/support/watched-api.ts';
import { watchPostgres } from '../../../test/support/watched-postgres.ts';
import type { OpenAlertGroup, OpenAlertsInput } from '../../platform-alerts/open-alerts.ts';

interface Look {
  readonly source: string;
  readonly groups: readonly OpenAlertGroup[];
  readonly complete: boolean;
}

/** Takes looks and keeps them. */
function recorder(): OpenAlertsInput & { readonly looks: Look[] } {
  const looks: Look[] = [];
  return { looks, apply: (source, groups, complete) => void looks.push({ source, groups, complete }) };
}

describeWith([POSTGRES], 'the platform’s open alerts over SQL', () => {
  let server: TestPostgres;
  const at = (minute: number): string => `'2026-11-23T14:${String(minute).padStart(2, '0')}:00Z'`;
  beforeAll(async () => {
    server = await startPostgres();
    const client = await server.connect();
    await createPlatformSchema(client);
    await client.query(`
      insert into devices (name, device_id, device_type, is_active) values ('A', 'MOCK-1000', 'sensor', true),
        ('B', 'MOCK-1001', 'sensor', false);
      insert into alerts (device_id, title, description, severity, alert_type, status, metric_name, created_at) values
        (1, 'High', '31', 'warning', 'threshold', 'active', 'temperature', ${at(1)}),
        (1, 'High', '32', 'warning', 'threshold', 'acknowledged', 'temperature', ${at(2)}),
        (1, 'High', '33', 'critical', 'threshold', 'active', 'temperature', ${at(3)}),
        (1, 'Old', null, 'warning', 'threshold', 'resolved', 'humidity', ${at(4)}),
        (2, 'Failed', null, 'critical', 'system', 'acknowledged', null, ${at(5)}),
        (2, 'Odd', null, 'info', 'system', null, 'odd', ${at(6)});`);
    await client.end();
  }, 300_000);
  afterAll(() => server.stop());

  it('are grouped by device, type and metric, those of deleted devices too', async () => {
    const openAlerts = recorder();
    const watched = watchPostgres(server.url(), { openAlerts, clock: manualClock(1_000_000) });
    await watched.collect();
    await watched.collect();
    await watched.collector.stop?.();
    expect(openAlerts.looks).toEqual([
      {
        source: 'postgres',
        complete: true,
        groups: [
          {
            ...{ deviceId: 'MOCK-1001', alertType: 'system', metricName: '', severity: 'critical' },
            ...{ title: 'Failed', description: '', count: 1, acknowledged: true },
            first: Date.UTC(2026, 10, 23, 14, 5),
            last: Date.UTC(2026, 10, 23, 14, 5),
          },
          {
            ...{
              deviceId: 'MOCK-1000',
              alertType: 'threshold',
              metricName: 'temperature',
              severity: 'critical',
            },
            ...{ title: 'High', description: '33', count: 3, acknowledged: false },
            first: Date.UTC(2026, 10, 23, 14, 1),
            last: Date.UTC(2026, 10, 23, 14, 3),
          },
        ],
      },
    ]);
  });

  it('are read again when the interval is over, and not at all when nobody wants them', async () => {
    const openAlerts = recorder();
    const clock = manualClock(1_000_000);
    const watched = watchPostgres(server.url(), { openAlerts, openAlertsInterval: 1000, clock });
    await watched.collect();
    clock.advance(3_600_000);
    await watched.collect();
    await watched.collector.stop?.();
    expect(openAlerts.looks).toHaveLength(2);
    const plain = watchPostgres(server.url());
    await plain.collect();
    await plain.collector.stop?.();
  });
});

describe('the platform’s open alerts over REST', () => {
  it('are grouped the same way, with the devices’ own names', async () => {
    const api = await startFakeApi();
    const openAlerts = recorder();
    const watched = watchApi(api.url, { openAlerts, clock: manualClock(1_000_000) });
    await watched.collect();
    await watched.collector.stop?.();
    await api.stop();
    const [look] = openAlerts.looks;
    expect(look).toMatchObject({ source: 'api', complete: true });
    const pressure = look?.groups.find(({ metricName }) => metricName === 'pressure_trend');
    expect(pressure).toMatchObject({
      alertType: 'threshold',
      severity: 'warning',
      title: 'Storm Warning',
      description: expect.stringContaining('Rapid pressure drop'),
    });
    expect(pressure?.deviceId).toMatch(/^(MOCK|[A-Z]+)-/);
  });

  it('are not taken while the list of devices cannot be read', async () => {
    const api = await startFakeApi();
    api.set('/api/v1/devices/', json({}, 404));
    const openAlerts = recorder();
    const watched = watchApi(api.url, { openAlerts });
    await watched.collect();
    await watched.collector.stop?.();
    await api.stop();
    expect(openAlerts.looks).toEqual([]);
  });

  it('beyond the paging’s bound are said to be incomplete; an odd row harms no other', async () => {
    const api = await startFakeApi();
    const row = { severity: 'warning', alert_type: 't', device_id: 'odd', created_at: 'never', title: 7 };
    api.set('/api/v1/alerts/', (request, response) => {
      const skip = Number(new URL(request.url ?? '', 'http://x').searchParams.get('skip'));
      json(Array.from({ length: 1000 }, (_, i) => ({ ...row, id: 9000 - skip - i })))(request, response);
    });
    const openAlerts = recorder();
    const watched = watchApi(api.url, { openAlerts, alertPages: 2, clock: manualClock(1_000_000) });
    await watched.collect();
    await watched.collector.stop?.();
    await api.stop();
    expect(openAlerts.looks).toMatchObject([
      { complete: false, groups: [{ deviceId: '', count: 2000, first: 1_000_000, title: '' }] },
    ]);
  });
});
