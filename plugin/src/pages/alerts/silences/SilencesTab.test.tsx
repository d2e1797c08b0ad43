import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../../test-support/alertRoutes';
import {
  BAD_GATEWAY,
  exporterFails,
  fakeGrafana,
  FORBIDDEN,
  ok,
  prometheusRoute,
  type Route,
} from '../../../test-support/fakeGrafana';
import { address, renderApp } from '../../../test-support/renderApp';
import { standStill } from '../../../test-support/standStill';

const NOW = Date.now();
standStill(NOW);
const MINUTE = 60_000;
const iso = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();

function silence(id: string, from: number, to: number, state: string, more: object = {}): object {
  const matcher = { name: 'alertname', value: id, isRegex: false, isEqual: true };
  const times = { startsAt: iso(from), endsAt: iso(to), updatedAt: iso(from) };
  return {
    id,
    status: { state },
    matchers: [matcher],
    ...times,
    createdBy: 'ana',
    comment: `${id}!`,
    ...more,
  };
}

function routed(name: string, silencedBy: readonly string[]): object {
  return {
    ...{ fingerprint: name, labels: { alertname: name, severity: 'critical', device_id: 'MOCK-1' } },
    ...{ annotations: {}, startsAt: iso(-60), generatorURL: '', receivers: [{ name: 'slack' }] },
    status: { silencedBy, inhibitedBy: [], state: 'suppressed' },
  };
}

const SILENCES = [
  silence('Later', 30, 90, 'pending'),
  silence('Soon', -60, 20.5, 'active'),
  silence('Old', -90, -30, 'expired'),
  silence('Long', -60, 150.5, 'active', {
    matchers: [{ name: 'job', value: 'a|b', isRegex: true, isEqual: false }],
  }),
];
const ALERTMANAGER = alertmanagerRoute([routed('Soon', ['Soon'])], SILENCES);
const NOTHING = alertmanagerRoute([], []);

function maintenance(id: string, from: number, to: number, state: string, more: object = {}): object {
  return {
    ...{
      id,
      state,
      devices: ['MOCK-7'],
      deviceTypes: [],
      locations: [],
      startsAt: iso(from),
      endsAt: iso(to),
    },
    ...{ createdAt: iso(from), createdBy: 'bo', comment: `${id}!`, endedBy: null, ...more },
  };
}

const WINDOWS = [
  maintenance('now', -5, 55.5, 'active', { deviceTypes: ['sensor'], locations: ['Lab B'] }),
  maintenance('past', -50, -5, 'ended', { endedBy: 'cy' }),
];
const STORE = storeRoute({
  windows: WINDOWS,
  current: [storedAlert('Covered', NOW - MINUTE, { maintenance: ['now'] })],
});
const others = [rulesRoute([]), prometheusRoute({ instant: () => [] })];

/** Takes writes and answers them so. */
function writes(part: string, answer: ReturnType<typeof ok>): Route {
  return ({ url, method }) =>
    method !== undefined && method !== 'GET' && url.includes(part) ? answer : undefined;
}

afterEach(cleanup);

const silences = async () => within(await screen.findByRole('table', { name: 'Silences' }));
const windows = async () => within(await screen.findByRole('table', { name: 'Maintenance windows' }));

describe('silences', () => {
  it('are shown with what they match, why, how long, and what they keep quiet now', async () => {
    fakeGrafana(ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    const [, soon, long, later, ...more] = (await silences()).getAllByRole('row');
    expect(more).toEqual([]);
    expect(soon).toHaveTextContent(/active.*alertname=Soon.*Soon! · ana.*20 min left.*1 alert/);
    expect(long).toHaveTextContent(/active.*job!~a\|b.*2 h 30 min left.*none/);
    expect(later).toHaveTextContent(/to come.*begins in (29|30) min/);
    expect(await screen.findByText('2 active, 1 to come, 1 expired')).toBeVisible();
    await userEvent.click((await silences()).getByRole('button', { name: '1 alert' }));
    expect(await screen.findByText('Soon · MOCK-1')).toBeVisible();
  });

  it('that are over are shown on demand', async () => {
    fakeGrafana(ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    await userEvent.click(await screen.findByRole('switch', { name: 'Show what is over' }));
    expect(address()).toMatch(/expired/);
    const old = (await silences()).getByRole('row', { name: /Old!/ });
    expect(old).toHaveTextContent(/expired.*over for 30 min.*Make again…/);
    expect(within(old).queryByRole('button', { name: /Expire/ })).toBeNull();
    expect((await windows()).getByRole('row', { name: /past!/ })).toHaveTextContent(/ended.*ended by cy/);
  });

  it('warn before people are told again', async () => {
    fakeGrafana(ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    expect(await screen.findByText('1 silence ends soon, and its alerts still fire')).toBeVisible();
    expect(await screen.findByText(/1 alert, told again in 20 min/)).toBeVisible();
  });

  it('are expired after a question', async () => {
    const grafana = fakeGrafana(writes('/silence/', ok({})), ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    const soon = (await silences()).getByRole('row', { name: /Soon!/ });
    await userEvent.click(within(soon).getByRole('button', { name: 'Expire…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('1 alert that they keep quiet will be told again.')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Expire' }));
    expect(grafana.requests.filter(({ method }) => method === 'DELETE').map(({ url }) => url)).toEqual([
      '/api/alertmanager/valtronics-alertmanager/api/v2/silence/Soon',
    ]);
  });

  it('that cannot be expired say why, beside themselves', async () => {
    fakeGrafana(writes('/silence/', FORBIDDEN), ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    const long = (await silences()).getByRole('row', { name: /Long!/ });
    await userEvent.click(within(long).getByRole('button', { name: 'Expire…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('It keeps no alert quiet now.')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Expire' }));
    expect(await within(long).findByRole('alert')).toHaveTextContent(/access denied/);
  });

  it('are extended in a dialog that holds what they say', async () => {
    fakeGrafana(ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    const long = (await silences()).getByRole('row', { name: /Long!/ });
    await userEvent.click(within(long).getByRole('button', { name: 'Extend…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByDisplayValue('a|b')).toBeVisible();
    expect(dialog.getByDisplayValue('Long!')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are left to Editors: a Viewer reads why', async () => {
    fakeGrafana(ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Viewer' });
    const button = await screen.findByRole('button', { name: 'New silence…' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(button);
    expect(await screen.findByText('This needs the permission to silence alerts in Grafana')).toBeVisible();
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('of a maintenance window are not changed by themselves', async () => {
    const made = { createdBy: 'valtronics', comment: 'Valtronics maintenance now/devices: now!' };
    const kept = alertmanagerRoute([], [silence('Kept', -5, 55, 'active', made)]);
    fakeGrafana(kept, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    const row = (await silences()).getByRole('row', { name: /Kept/ });
    const expire = within(row).getByRole('button', { name: 'Expire…' });
    expect(expire).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(expire);
    expect(await screen.findByText(/belongs to a maintenance window/)).toBeVisible();
  });

  it('are none, in words', async () => {
    fakeGrafana(NOTHING, storeRoute({}), ...others);
    await renderApp('alerts?tab=silences');
    expect(await screen.findByText(/^Nothing is silenced\./)).toBeVisible();
    expect(await screen.findByText(/^No device is in maintenance/)).toBeVisible();
  });

  it('are unknown while Alertmanager is down; windows stay', async () => {
    const down = { status: 502, body: { message: 'connection refused' } };
    fakeGrafana(({ url }) => (url.includes('/api/alertmanager/') ? down : undefined), STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    expect((await screen.findAllByText(/Alertmanager does not answer/))[0]).toBeVisible();
    expect(screen.queryByText(/^Nothing is silenced/)).toBeNull();
    expect(await screen.findByRole('button', { name: 'New silence…' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    expect((await windows()).getByRole('row', { name: /now!/ })).toBeVisible();
  });
});

describe('maintenance windows', () => {
  it('are shown with what they cover', async () => {
    fakeGrafana(ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    const row = (await windows()).getByRole('row', { name: /now!/ });
    expect(row).toHaveTextContent(
      /active.*MOCK-7.*type sensor.*location Lab B.*now! · bo.*5[345] min left.*1 alert/,
    );
    expect((await windows()).queryByRole('row', { name: /past!/ })).toBeNull();
  });

  it('are ended after a question, and say why they cannot be', async () => {
    const conflict = { status: 409, body: { error: { code: 'conflict', message: 'it ended already' } } };
    const grafana = fakeGrafana(writes('/maintenance/', conflict), ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    const row = (await windows()).getByRole('row', { name: /now!/ });
    await userEvent.click(within(row).getByRole('button', { name: 'End now…' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'End now' }));
    expect(await within(row).findByRole('alert')).toHaveTextContent(/it ended already/);
    expect(grafana.requests.some(({ url }) => url.endsWith('/api/v1/maintenance/now/end'))).toBe(true);
  });

  it('are made in a dialog that says what is missing, and what the exporter has against it', async () => {
    const refused = { status: 422, body: { error: { code: 'x', message: 'nothing like MOCK-9 is known' } } };
    const grafana = fakeGrafana(writes('/api/v1/maintenance', refused), NOTHING, storeRoute({}), ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    await userEvent.click(await screen.findByRole('button', { name: 'New window…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Create' }));
    expect(dialog.getByText('Choose devices, types or locations')).toBeVisible();
    expect(dialog.getByText('Say why: others will ask')).toBeVisible();
    await userEvent.type(dialog.getByRole('combobox', { name: 'Devices' }), 'MOCK-9{ArrowDown}{Enter}');
    expect(dialog.getByText('MOCK-9')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: '2 h' }));
    await userEvent.type(dialog.getByRole('textbox', { name: /^Why/ }), 'new firmware');
    await userEvent.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await dialog.findByText('nothing like MOCK-9 is known')).toBeVisible();
    const sent: unknown = grafana.requests.find(({ method }) => method === 'POST')?.data;
    expect(sent).toMatchObject({ devices: ['MOCK-9'], comment: 'new firmware', deviceTypes: [] });
    grafana.routes = [writes('/api/v1/maintenance', ok(WINDOWS[0])), ALERTMANAGER, STORE, ...others];
    await userEvent.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await screen.findByRole('row', { name: /now!/ })).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are unknown while the exporter is down; silences stay', async () => {
    fakeGrafana(ALERTMANAGER, exporterFails(BAD_GATEWAY), ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    expect((await screen.findAllByText('The exporter does not answer'))[0]).toBeVisible();
    expect((await silences()).getByRole('row', { name: /Long!/ })).toBeVisible();
    expect(await screen.findByRole('button', { name: 'New window…' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('stay with their age when the exporter goes down', async () => {
    fakeGrafana(ALERTMANAGER, STORE, ...others);
    await renderApp('alerts?tab=silences', { role: 'Editor' });
    await windows();
    fakeGrafana(ALERTMANAGER, exporterFails(BAD_GATEWAY), ...others);
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByText(/^You see the last known picture, .* old/)).toBeVisible();
    expect((await windows()).getByRole('row', { name: /now!/ })).toBeVisible();
  });
});
