import { afterEach, describe, expect, it } from '@jest/globals';
import userEvent from '@testing-library/user-event';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { deviceQueries, historyQueries } from '../../features/fleet/fleetQueries';
import { exporterDevice } from '../../test-support/exporterAnswers';
import {
  BAD_GATEWAY,
  exporterFails,
  exporterRoute,
  fakeGrafana,
  FORBIDDEN,
  ok,
  prometheusFails,
  prometheusRoute,
} from '../../test-support/fakeGrafana';
import { row } from '../../test-support/fleetAnswers';
import { logLine, logRoute } from '../../test-support/logAnswers';
import { renderApp } from '../../test-support/renderApp';
import { standStill } from '../../test-support/standStill';
import { traceItem, traceRoute } from '../../test-support/traceAnswers';

const NOW = Date.now();
standStill(NOW);

const ID = 'MOCK-1011';
const MINUTE = 60_000;
const ago = (ms: number): string => new Date(NOW - ms).toISOString();

const knows = (...devices: object[]) =>
  exporterRoute((path) =>
    path === '/api/v1/devices' ? ok({ items: devices, nextCursor: null }) : undefined,
  );

const silent = prometheusRoute({ instant: () => [] });

const BROKEN = exporterDevice(ID, 'error', {
  name: 'Pressure Sensor 1011',
  location: 'Lab B',
  manufacturer: 'BMeter',
  model: 'BM-P3000',
  firmwareVersion: '2.1.0',
  statusSince: ago(12 * MINUTE + 500),
  lastSeen: ago(8_000),
  reported: [
    { source: 'mqtt', status: 'error', at: ago(12 * MINUTE) },
    { source: 'api', status: 'online', at: ago(16 * MINUTE) },
  ],
});

afterEach(cleanup);

describe('a device that is known', () => {
  it('says what it is, how it is, since when and why', async () => {
    fakeGrafana(knows(BROKEN), silent);
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByRole('heading', { name: /error.*12 min/ })).toBeVisible();
    for (const fact of ['Pressure Sensor 1011', 'sensor', 'Lab B', 'BMeter BM-P3000', 'firmware 2.1.0']) {
      expect(await screen.findByText(fact)).toBeVisible();
    }
    expect(
      screen.getByText(/Why: reported "error" by MQTT at .*; REST says "online" \(older, /),
    ).toBeVisible();
  });

  it('shows the traces that are about it, and leads to all of them', async () => {
    const items = [
      traceItem('a'.repeat(32), Date.now() - MINUTE, {
        deviceId: ID,
        operation: 'GET /api/v1/devices/{device_id}',
      }),
      traceItem('b'.repeat(32), Date.now() - 2 * MINUTE, { deviceId: 'another', operation: 'of another' }),
    ];
    fakeGrafana(knows(BROKEN), traceRoute({ items }), silent);
    await renderApp(`fleet/${ID}`);
    const table = await screen.findByRole('table', { name: 'Traces of this device' });
    expect(within(table).getByRole('link', { name: 'GET /api/v1/devices/{device_id}' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/traces\/a{32}$/),
    );
    expect(within(table).queryByText('of another')).toBeNull();
    expect(screen.getByRole('link', { name: 'Traces' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/traces\?device=MOCK-1011&view=all$/),
    );
  });

  it('leads to its dashboard and to that of the fleet, at the same time and with the same Prometheus', async () => {
    fakeGrafana(knows(BROKEN), silent);
    await renderApp(`fleet/${ID}?from=now-6h&to=now-1h`);
    const time = 'from=now-6h&to=now-1h&var-datasource=valtronics-prometheus';
    expect(await screen.findByRole('link', { name: 'Device dashboard' })).toHaveAttribute(
      'href',
      expect.stringContaining(`/d/valtronics-device?${time}&var-device_id=${ID}`),
    );
    expect(screen.getByRole('link', { name: 'Fleet dashboard' })).toHaveAttribute(
      'href',
      expect.stringContaining(`/d/valtronics-fleet?${time}`),
    );
  });

  it('shows no traces where the exporter makes none', async () => {
    fakeGrafana(knows(BROKEN), traceRoute({ items: [], source: 'off' }), logRoute({ lines: [] }), silent);
    await renderApp(`fleet/${ID}`);
    await screen.findByRole('heading', { name: 'Log lines of this device' });
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Traces of this device' })).toBeNull());
  });

  it('shows the newest lines that name it', async () => {
    const lines = [
      logLine('a', Date.now(), 'it broke', { level: 'ERROR', deviceId: ID }),
      logLine('b', Date.now(), 'of another device', { deviceId: 'MOCK-2' }),
    ];
    fakeGrafana(logRoute({ lines }), knows(BROKEN), silent);
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByRole('button', { name: 'it broke' })).toBeVisible();
    expect(screen.queryByText('of another device')).toBeNull();
    for (const name of ['Logs', 'All of them'])
      expect(screen.getByRole('link', { name })).toHaveAttribute(
        'href',
        expect.stringMatching(/logs\?device=MOCK-1011$/),
      );
  });

  it('says so where no line names it', async () => {
    fakeGrafana(logRoute({ lines: [logLine('b', Date.now(), 'x')] }), knows(BROKEN), silent);
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText(/^No line. They are kept back to /)).toBeVisible();
  });

  it('explains silence that overrules a report', async () => {
    const device = exporterDevice(ID, 'offline', {
      lastSeen: ago(16 * MINUTE),
      reported: [{ source: 'mqtt', status: 'online', at: ago(17 * MINUTE) }],
    });
    fakeGrafana(knows(device), silent);
    await renderApp(`fleet/${ID}`);
    expect(
      await screen.findByText(/silent for 16 min, longer than it may be; MQTT last said "online"/),
    ).toBeVisible();
  });

  it('draws the status history and one chart for each metric with its unit', async () => {
    const range = (query: string) => {
      if (query === historyQueries([ID]).status) {
        return [
          {
            metric: { device_id: ID },
            values: [
              [1, '1'],
              [11, '1'],
              [21, '1'],
              [31, '3'],
            ] as const,
          },
        ];
      }
      if (query !== deviceQueries(ID).telemetry) return [];
      return [
        { metric: { metric_name: 'pressure', unit: 'hPa' }, values: [[1, '960']] as const },
        { metric: { metric_name: 'temperature', unit: '°C' }, values: [[1, '20']] as const },
      ];
    };
    fakeGrafana(knows(BROKEN), prometheusRoute({ instant: () => [], range }));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText('pressure (hPa): 1 rows')).toBeVisible();
    expect(await screen.findByText('temperature (°C): 1 rows')).toBeVisible();
    // Two states, and that nothing is heard after them.
    expect(await screen.findByTestId('panel valtronics-timeline-panel')).toHaveTextContent('3 rows');
    expect(await screen.findByText(/75% online in this range · 1 change$/)).toBeVisible();
  });

  it('lists alerts that name it, and nothing where none does', async () => {
    const labels = { alertname: 'DeviceStale', severity: 'warning', alertstate: 'firing', device_id: ID };
    const now = Math.floor(Date.now() / 1000);
    const range = (query: string) =>
      query === deviceQueries(ID).alerts
        ? [
            {
              metric: labels,
              values: [
                [now - 20, '1'],
                [now - 10, '1'],
                [now, '1'],
              ] as const,
            },
          ]
        : [];
    fakeGrafana(knows(BROKEN), prometheusRoute({ instant: () => [], range }));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText('DeviceStale')).toBeVisible();
    expect(
      screen.getByRole('heading', { name: 'Alerts of this device (1 active, 1 in range)' }),
    ).toBeVisible();
  });

  it('keeps its parts apart: without Prometheus the identity stays', async () => {
    fakeGrafana(knows(BROKEN), prometheusFails({ status: 502, body: {} }));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByRole('heading', { name: /error/ })).toBeVisible();
    expect((await screen.findAllByText('Prometheus does not answer')).length).toBeGreaterThan(0);
  });

  it('was registered and never heard from', async () => {
    fakeGrafana(knows(exporterDevice(ID, 'unknown', { lastSeen: null })), silent);
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText('This device is registered and was never heard from')).toBeVisible();
    expect(await screen.findByText(/it never gave a sign of life/)).toBeVisible();
  });

  it('is heard and not registered', async () => {
    fakeGrafana(knows(exporterDevice(ID, 'online', { registered: false })), silent);
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText(/heard on MQTT only/)).toBeVisible();
  });
});

describe('when a source stops answering', () => {
  it('says so for Prometheus, with the age of the charts', async () => {
    const series = [{ metric: { metric_name: 'pressure', unit: 'hPa' }, values: [[1, '960']] as const }];
    const range = (query: string) => (query === deviceQueries(ID).alerts ? [] : series);
    const grafana = fakeGrafana(knows(BROKEN), prometheusRoute({ instant: () => [], range }));
    await renderApp(`fleet/${ID}?refresh=off`);
    expect(await screen.findByText('pressure (hPa): 1 rows')).toBeVisible();
    grafana.routes = [knows(BROKEN), prometheusFails({ status: 502, body: {} })];
    await userEvent.click(screen.getByTestId('data-testid RefreshPicker run button'));
    expect((await screen.findAllByText(/last known picture/)).length).toBeGreaterThan(0);
    expect(screen.getByText('pressure (hPa): 1 rows')).toBeVisible();
    expect(await screen.findByText(/alerts may be missing here/)).toBeVisible();
  });

  it('keeps what was known of the device when nobody can be asked any more', async () => {
    const grafana = fakeGrafana(knows(BROKEN), silent);
    await renderApp(`fleet/${ID}?refresh=off`);
    expect(await screen.findByText('Pressure Sensor 1011')).toBeVisible();
    grafana.routes = [exporterFails(BAD_GATEWAY), prometheusFails({ status: 502, body: {} })];
    await userEvent.click(screen.getByTestId('data-testid RefreshPicker run button'));
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
    expect((await screen.findAllByText(/last known picture/)).length).toBeGreaterThan(0);
    expect(screen.getByText('Pressure Sensor 1011')).toBeVisible();
  });
});

describe('a device that is not there', () => {
  it('was never heard of', async () => {
    fakeGrafana(knows(exporterDevice('MOCK-99990', 'online')), silent);
    await renderApp('fleet/MOCK-9999');
    expect(await screen.findByRole('heading', { name: 'MOCK-9999 was never heard of' })).toBeVisible();
    expect(await screen.findByText(/^Searched:/)).toBeVisible();
    expect(await screen.findByText(/^Devices come from/)).toBeVisible();
  });

  it('has expired, with what was known last', async () => {
    const queries = deviceQueries(ID);
    const last = Math.floor(Date.now() / 1000) - 7200;
    const instant = (query: string, at: number) => {
      if (query === queries.lastPublished) return [row({}, last)];
      if (at > last) return [];
      if (query === queries.status) return [row({ device_id: ID }, 1)];
      return query === queries.lastInfo ? [row({ device_id: ID, name: 'Old Pump' }, 1)] : [];
    };
    fakeGrafana(knows(), prometheusRoute({ instant }));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText(/This device has expired: it was last listed 2 h ago/)).toBeVisible();
    expect(await screen.findByText('Old Pump')).toBeVisible();
  });
});

describe('when nobody can be asked', () => {
  it('shows what Prometheus knows while the exporter is down', async () => {
    const queries = deviceQueries(ID);
    const instant = (query: string) => {
      if (query === queries.status) return [row({ device_id: ID }, 4)];
      return query === queries.lastInfo ? [row({ device_id: ID, name: 'Pump' }, 1)] : [];
    };
    fakeGrafana(exporterFails(BAD_GATEWAY), prometheusRoute({ instant }));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
    expect(await screen.findByText('Pump')).toBeVisible();
    expect(await screen.findByText(/only the exporter knows/)).toBeVisible();
  });

  it('claims nothing when neither answers', async () => {
    fakeGrafana(exporterFails(BAD_GATEWAY), prometheusFails({ status: 500, body: {} }));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
    expect(screen.queryByText(/never heard of/)).toBeNull();
  });

  it('does not deny a device that Prometheus might know', async () => {
    fakeGrafana(knows(), prometheusFails({ status: 502, body: {} }));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText('Prometheus does not answer')).toBeVisible();
    expect(screen.queryByText(/never heard of/)).toBeNull();
  });

  it('says that the user may not', async () => {
    fakeGrafana(exporterFails(FORBIDDEN), prometheusFails(FORBIDDEN));
    await renderApp(`fleet/${ID}`);
    expect(await screen.findByText('You may not read from the exporter')).toBeVisible();
  });
});

describe('hostile ids', () => {
  it.each(['<img src=x onerror=alert(1)>', 'x'.repeat(300), '🚒', 'a/b?c#d', '\u202Eevil', '50%'])(
    'stay text: %s',
    async (id) => {
      fakeGrafana(
        knows(),
        exporterFails({ status: 404, body: { error: { code: 'not_found', message: 'never heard of' } } }),
        silent,
      );
      const { container } = await renderApp(`fleet/${encodeURIComponent(id)}`);
      const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
      const heading = await screen.findByRole('heading', { name: /was never heard of/ });
      expect(heading.textContent).toBe(`${shown} was never heard of`);
      expect(container.querySelector('img[src="x"]')).toBeNull();
    },
  );
});
