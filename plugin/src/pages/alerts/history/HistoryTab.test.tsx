import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../../test-support/alertRoutes';
import {
  BAD_GATEWAY,
  exporterFails,
  fakeGrafana,
  prometheusFails,
  prometheusRoute,
  type Route,
} from '../../../test-support/fakeGrafana';
import { address, renderApp } from '../../../test-support/renderApp';
import { standStill } from '../../../test-support/standStill';

const NOW = Date.now();
standStill(NOW);
const MINUTE = 60_000;
const ago = (minutes: number): number => NOW - minutes * MINUTE;
const iso = (minutes: number): string => new Date(ago(minutes)).toISOString();

const LABELS = { alertname: 'ApiDown', severity: 'critical', job: 'api' };

const API_DOWN = storedAlert('ApiDown', ago(30), {
  ...{ fingerprint: fingerprintOf(LABELS), labels: LABELS, severity: 'critical', source: 'alertmanager' },
  ...{ state: 'resolved', annotations: { summary: 'The API is down' } },
  acknowledgement: { by: 'ana', at: iso(28), comment: 'power cut' },
  resolution: { by: 'alertmanager', at: iso(10), comment: '' },
});
const STALE = storedAlert('DeviceStale', ago(5), {
  labels: { alertname: 'DeviceStale', severity: 'warning', device_id: 'MOCK-1' },
});

/** The store as it is: alerts by when they began; none is over before the time asked for. */
function keeps(...alerts: readonly { readonly alert: object; readonly minutes: number }[]): Route {
  return storeRoute({
    history: (query) => {
      const to = Date.parse(query.get('to') ?? '');
      return alerts.filter(({ minutes }) => ago(minutes) < to).map(({ alert }) => alert);
    },
    details: {
      [fingerprintOf(LABELS)]: {
        ...API_DOWN,
        events: [
          { at: iso(10), action: 'resolved', by: 'alertmanager', kind: 'system', comment: '' },
          { at: iso(28), action: 'acknowledged', by: 'ana', kind: 'grafana', comment: 'power cut' },
          { at: iso(29), action: 'raised', by: 'alertmanager', kind: 'system', comment: '' },
        ],
        deliveries: [{ receiver: 'slack', kind: 'firing', state: 'delivered', at: iso(29) }],
      },
    },
  });
}

const STORE = keeps({ alert: API_DOWN, minutes: 30 }, { alert: STALE, minutes: 5 });

/** Prometheus saw the API down as well, and a disk that the store never heard of. */
const PROMETHEUS = prometheusRoute({
  instant: () => [],
  range: (query) => {
    const begins = query.startsWith('ALERTS');
    const disk = { __name__: 'ALERTS', alertstate: 'firing', alertname: 'DiskSpaceLow', severity: 'warning' };
    const api = { ...LABELS, __name__: 'ALERTS', alertstate: 'firing' };
    const at = (minutes: number): readonly [number, string] => [Math.round(ago(minutes) / 1000), '1'];
    if (begins && / unless .* offset /.test(query))
      return [
        { metric: api, values: [at(30)] },
        { metric: disk, values: [at(20)] },
      ];
    return [
      { metric: api, values: [at(10)] },
      { metric: disk, values: [at(15)] },
    ];
  },
});

const QUIET = prometheusRoute({ instant: () => [] });
const others = [alertmanagerRoute([], []), rulesRoute([])];
const rows = () => screen.findAllByRole('row', { name: /critical|warning/ });

const clicked: string[] = [];

beforeEach(() => {
  clicked.length = 0;
  Object.assign(URL, { createObjectURL: () => 'blob:file', revokeObjectURL: () => undefined });
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.download);
  });
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

describe('the history', () => {
  it('has one line for each alert of the store and of Prometheus, the newest first', async () => {
    fakeGrafana(STORE, PROMETHEUS, ...others);
    await renderApp('alerts?tab=history');
    const [first, second, third, ...more] = await rows();
    expect(more).toEqual([]);
    expect(first).toHaveTextContent(/warning.*DeviceStale.*MOCK-1.*5 min, not over.*nobody.*store/);
    expect(second).toHaveTextContent(/DiskSpaceLow.*5 min.*–.*Prometheus/);
    expect(third).toHaveTextContent(
      /critical.*ApiDown.*The API is down.*20 min.*ana.*power cut.*store, Prometheus/,
    );
    expect(await screen.findByTestId('panel timeseries')).toBeVisible();
  });

  it('says what is noisiest and how fast alerts are dealt with', async () => {
    fakeGrafana(STORE, PROMETHEUS, ...others);
    await renderApp('alerts?tab=history');
    const button = await screen.findByRole('button', { name: /^ApiDown\s*1\s*33\s*%$/ });
    expect(screen.getByText('Mean time to acknowledge').nextSibling).toHaveTextContent('2 min');
    await userEvent.click(button);
    expect(address()).toContain('name=ApiDown');
    expect(await rows()).toHaveLength(1);
    expect(await screen.findByText('1 of 3 alerts')).toBeVisible();
  });

  it('shows the life of an alert: who was told, who took it on and why, who resolved it', async () => {
    fakeGrafana(STORE, PROMETHEUS, ...others);
    await renderApp('alerts?tab=history');
    await userEvent.click(await screen.findByRole('button', { name: /^ApiDown.*down$/ }));
    expect(address()).toContain(`alert=${fingerprintOf(LABELS)}`);
    const life = within(
      screen.getByRole('heading', { name: 'What happened' }).closest('section') ?? document.body,
    );
    expect(await life.findByText(/slack was told/)).toBeVisible();
    expect(life.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('began to fire'),
      expect.stringContaining('reached the store from alertmanager'),
      expect.stringContaining('slack was told'),
      expect.stringContaining('acknowledged by ana: power cut'),
      expect.stringContaining('resolved by alertmanager'),
    ]);
  });

  it('says what is not known of an alert that only Prometheus saw', async () => {
    fakeGrafana(STORE, PROMETHEUS, ...others);
    await renderApp('alerts?tab=history');
    await userEvent.click(await screen.findByRole('button', { name: /^DiskSpaceLow/, expanded: false }));
    expect(await screen.findByText(/Only Prometheus saw it: times are right to 5 s/)).toBeVisible();
  });

  it('says why the store cannot tell more of an alert', async () => {
    const grafana = fakeGrafana(STORE, PROMETHEUS, ...others);
    await renderApp('alerts?tab=history&refresh=off');
    const button = await screen.findByRole('button', { name: /^ApiDown.*down$/ });
    grafana.routes = [exporterFails(BAD_GATEWAY)];
    await userEvent.click(button);
    expect(
      await screen.findByText(/could not be asked for more: The exporter does not answer/),
    ).toBeVisible();
  });

  it('obeys severity, text and device of the address, and clears them', async () => {
    fakeGrafana(STORE, PROMETHEUS, ...others);
    await renderApp('alerts?tab=history&severity=warning&device=MOCK-1');
    expect(await screen.findByText('1 of 3 alerts')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(await screen.findByText('3 of 3 alerts')).toBeVisible();
    expect(address()).not.toMatch(/severity|device/);
    await userEvent.type(screen.getByRole('searchbox'), 'power nothing');
    expect(await screen.findByText('No alert of this range is like that')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(await screen.findByText('3 of 3 alerts')).toBeVisible();
  });

  it('becomes a file', async () => {
    fakeGrafana(STORE, PROMETHEUS, ...others);
    await renderApp('alerts?tab=history');
    await userEvent.click(await screen.findByRole('button', { name: 'CSV' }));
    expect(clicked).toEqual([expect.stringMatching(/^valtronics-alerts-.*\.csv$/)]);
  });

  it('draws only what is in sight of 10,000 alerts', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      alert: storedAlert(`A${index}`, ago(20) + index, { fingerprint: index.toString(16).padStart(16, '0') }),
      minutes: 20,
    }));
    fakeGrafana(keeps(...many), QUIET, ...others);
    await renderApp('alerts?tab=history');
    expect(await screen.findByText('10,000 of 10,000 alerts')).toBeVisible();
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });
});

describe('where the history comes from', () => {
  it('says how far back the store reaches', async () => {
    fakeGrafana(STORE, QUIET, ...others);
    await renderApp('alerts?tab=history');
    expect(
      await screen.findByText(
        /From the exporter’s store, whose oldest alert began at .* and ALERTS in Prometheus/,
      ),
    ).toBeVisible();
    cleanup();
    fakeGrafana(keeps({ alert: API_DOWN, minutes: 30 }, { alert: STALE, minutes: 500 }), QUIET, ...others);
    await renderApp('alerts?tab=history');
    expect(await screen.findByText(/which reaches back beyond this range/)).toBeVisible();
  });

  it('is the store alone when Prometheus is down', async () => {
    fakeGrafana(STORE, prometheusFails({ status: 500, body: {} }), ...others);
    await renderApp('alerts?tab=history');
    expect(await screen.findByText('Prometheus does not answer')).toBeVisible();
    expect(await screen.findByText('What you see comes from the exporter’s store alone.')).toBeVisible();
    expect(await rows()).toHaveLength(2);
  });

  it.each([
    ['down', BAD_GATEWAY, 'The exporter does not answer'],
    [
      'keeping no alerts',
      {
        status: 503,
        body: {
          error: { code: 'x', message: 'alerts are switched off: set VALTRONICS_ALERTS_ENABLED=true' },
        },
      },
      /keeps no alerts|switched off/,
    ],
  ])('is Prometheus alone when the exporter is %s', async (_, answer, words) => {
    fakeGrafana(exporterFails(answer), PROMETHEUS, ...others);
    await renderApp('alerts?tab=history');
    expect((await screen.findAllByText(words))[0]).toBeVisible();
    expect(await screen.findByText(/What you see comes from ALERTS in Prometheus alone/)).toBeVisible();
    expect(await rows()).toHaveLength(2);
  });

  it('is calm when nothing fired', async () => {
    fakeGrafana(keeps({ alert: API_DOWN, minutes: 500 }), QUIET, ...others);
    await renderApp('alerts?tab=history&from=now-5m');
    expect(await screen.findByText('No alert fired in this range')).toBeVisible();
    expect(await screen.findByText(/A longer range shows more/)).toBeVisible();
  });

  it('says what to expect of a store that is empty', async () => {
    fakeGrafana(keeps(), QUIET, ...others);
    await renderApp('alerts?tab=history');
    expect(await screen.findByText(/keeps anything of that time/)).toBeVisible();
    expect(await screen.findByText(/which keeps nothing as old as this/)).toBeVisible();
  });

  it('asks the store for nothing after now', async () => {
    const grafana = fakeGrafana(STORE, QUIET, ...others);
    await renderApp('alerts?tab=history&from=now-1h&to=now%2B7d');
    await rows();
    await waitFor(() => {
      const asked = grafana.requests.flatMap(({ url }) => /[?&]to=([^&]+)/.exec(url)?.[1] ?? []);
      expect(asked.length).toBeGreaterThan(0);
      for (const to of asked) expect(Date.parse(decodeURIComponent(to))).toBeLessThan(Date.now() + MINUTE);
    });
  });
});
