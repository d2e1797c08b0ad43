import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { fingerprintOf } from '../../domain/alerts/fingerprint';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../test-support/alertRoutes';
import { exporterRoute, fakeGrafana, prometheusRoute, type Route } from '../../test-support/fakeGrafana';
import { logLine, logRoute } from '../../test-support/logAnswers';
import { renderApp } from '../../test-support/renderApp';
import { standStill } from '../../test-support/standStill';

const NOW = Date.now();
standStill(NOW);
const MINUTE = 60_000;

const LINES = [
  logLine('device', NOW - MINUTE, 'the device said so', { deviceId: 'MOCK-1', pattern: 'other' }),
  logLine('spike', NOW - 2 * MINUTE, 'Connection refused by broker:1883', {
    ...{ level: 'ERROR', pattern: 'refused' },
  }),
  logLine('elsewhere', NOW - 3 * MINUTE, 'Connection refused by broker:1883', {
    ...{ level: 'ERROR', service: 'postgres', pattern: 'refused' },
  }),
  logLine('before', NOW - 90 * MINUTE, 'long before', { deviceId: 'MOCK-1' }),
];

/** Opens an alert that began ten minutes ago. */
async function open(labels: Readonly<Record<string, string>>, logs: Route): Promise<void> {
  const all = { severity: 'warning', ...labels };
  const fingerprint = fingerprintOf(all);
  const alert = storedAlert(labels.alertname ?? '', NOW - 10 * MINUTE, { labels: all, fingerprint });
  fakeGrafana(
    logs,
    storeRoute({ current: [alert] }),
    alertmanagerRoute([], []),
    rulesRoute([]),
    prometheusRoute({ instant: () => [] }),
  );
  await renderApp(`alerts?alert=${fingerprint}`);
}

const lines = async () => {
  const table = await screen.findByRole('table', { name: 'Log lines of its time' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
};

afterEach(cleanup);

describe('an opened alert', () => {
  it('about errors in a log shows the lines of its pattern and service', async () => {
    const labels = { alertname: 'LogErrorSpike', log_service: 'valtronics-api', pattern: 'refused' };
    await open(labels, logRoute({ lines: LINES }));
    expect(await lines()).toEqual([expect.stringContaining('Connection refused by broker:1883')]);
    const all = screen.getByRole('link', { name: 'All of them' }).getAttribute('href') ?? '';
    const query = new URL(all, 'http://grafana').searchParams;
    expect(query.get('service')).toBe('valtronics-api');
    expect(query.get('pattern')).toBe('refused');
    expect(Number(query.get('from'))).toBe(NOW - 20 * MINUTE);
  });

  it('about a device shows the lines of its time that name the device', async () => {
    await open({ alertname: 'DeviceStale', device_id: 'MOCK-1' }, logRoute({ lines: LINES }));
    expect(await lines()).toEqual([expect.stringContaining('the device said so')]);
  });

  it('shows no lines where the exporter reads none', async () => {
    const message = 'logs are switched off: set VALTRONICS_LOGS_ENABLED=true';
    const off = exporterRoute((path) =>
      path.startsWith('/api/v1/logs/')
        ? { status: 503, body: { error: { code: 'unavailable', message } } }
        : undefined,
    );
    await open({ alertname: 'DeviceStale', device_id: 'MOCK-1' }, off);
    expect(await screen.findByRole('heading', { name: 'What happened' })).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Log lines of its time' })).toBeNull());
  });
});
