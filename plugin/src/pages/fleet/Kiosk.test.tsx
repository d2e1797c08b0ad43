import '../../test-support/grafanaMocks';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { alertRow, labelsOf } from '../../domain/alerts/alertRow.fixture';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../test-support/alertRoutes';
import { installFakeAudio } from '../../test-support/fakeAudio';
import {
  BAD_GATEWAY,
  exporterFails,
  fakeGrafana,
  prometheusRoute,
  type Route,
} from '../../test-support/fakeGrafana';
import { fleetAnswers, type TestDevice } from '../../test-support/fleetAnswers';
import { renderApp } from '../../test-support/renderApp';
import { standStill } from '../../test-support/standStill';
import { openCriticals, readKiosk } from './kiosk';

standStill(Date.now());

const DEVICES: readonly TestDevice[] = [
  { id: 'A', status: 'online' },
  { id: 'B', status: 'offline', type: 'gateway' },
];

function platform(...alerts: object[]) {
  return fakeGrafana(
    prometheusRoute({ instant: fleetAnswers([...DEVICES]) }),
    storeRoute({ current: alerts }),
    alertmanagerRoute([], []),
    rulesRoute([]),
  );
}
const critical = (name: string, more: object = {}) =>
  storedAlert(name, Date.now() - 60_000, {
    severity: 'critical',
    labels: { alertname: name, severity: 'critical', device_id: 'B' },
    ...more,
  });
const waiting = () => screen.findByRole('list', { name: 'Critical alerts that nobody has taken on' });

afterEach(() => {
  document.title = '';
});

describe('readKiosk', () => {
  it.each([
    ['kiosk&sound&badge', true, true],
    ['kiosk&sound=1&badge=false', true, false],
    ['sound&badge', false, false],
  ])('%s', (query, sound, badge) => {
    expect(readKiosk(new URLSearchParams(query))).toMatchObject({ sound, badge });
  });
});

describe('openCriticals', () => {
  it('are those that fire, that nobody has taken on and nobody is spared', () => {
    const labels = labelsOf('Disk', { severity: 'Critical' });
    const open = alertRow({ labels });
    const others = [
      alertRow({ labels, state: 'acknowledged' }),
      alertRow({ labels, state: 'pending' }),
      alertRow({ labels, silencedBy: ['1'] }),
      alertRow({ labels: labelsOf('Battery') }),
    ];
    expect(openCriticals([open, ...others])).toEqual([open]);
  });
});

describe('a wall display', () => {
  it('has the words of the critical alerts that wait, and stands still for them', async () => {
    platform(
      critical('Disk', { message: 'The disk of <b>B</b> is full' }),
      storedAlert('Battery', Date.now()),
    );
    await renderApp('fleet?kiosk&rotate=30s');
    const list = await waiting();
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(list).toHaveTextContent(/Disk.*B.*1 min.*The disk of <b>B<\/b> is full/);
    expect(await screen.findByText(/rotation stands still/)).toBeVisible();
  });

  it('goes on when somebody has taken them on', async () => {
    platform(
      critical('Disk', {
        state: 'acknowledged',
        acknowledgement: { by: 'ana', at: Date.now(), comment: '' },
      }),
    );
    await renderApp('fleet?kiosk&rotate=30s');
    expect(await screen.findByText('Group 1 of 2: gateway')).toBeVisible();
  });

  it('says how many more there are than the wall has room for', async () => {
    // As a wall with room for five: what has none stands in the next column.
    const place = jest.spyOn(HTMLElement.prototype, 'offsetLeft', 'get').mockImplementation(function (
      this: HTMLElement,
    ) {
      return [...(this.parentElement?.children ?? [])].indexOf(this) < 5 ? 0 : 800;
    });
    const many = Array.from({ length: 7 }, (_, index) => critical(`Disk${index}`));
    platform(...many);
    await renderApp('fleet?kiosk');
    await waiting();
    expect(await screen.findByText('2 more critical alerts')).toBeVisible();
    place.mockRestore();
  });

  it('keeps list, badge and quiet when the next look fails, and says how old that is', async () => {
    document.title = 'Fleet';
    const audio = installFakeAudio('running');
    const grafana = platform(critical('Disk'));
    await renderApp('fleet?kiosk&badge&sound&refresh=5s');
    await waiting();
    const { routes } = grafana;
    const down: Route = (request, form) =>
      request.url.includes('/api/v1/alerts') && request.url.includes('plugin-proxy')
        ? BAD_GATEWAY
        : routes.map((route) => route(request, form)).find((answer) => answer !== undefined);
    grafana.routes = [down];
    expect(await screen.findByText(/The exporter does not answer: its alerts are those of/)).toBeVisible();
    expect(await waiting()).toHaveTextContent('Disk');
    expect(document.title).toBe('(1) Fleet');
    grafana.routes = routes;
    await waitFor(() => expect(screen.queryByText(/its alerts are those of/)).toBeNull());
    expect(await waiting()).toHaveTextContent('Disk');
    expect(audio.tones).toBe(0);
  });

  it('does not look calm when nobody could ever be asked', async () => {
    fakeGrafana(
      prometheusRoute({ instant: fleetAnswers([...DEVICES]) }),
      exporterFails(BAD_GATEWAY),
      alertmanagerRoute([], []),
      rulesRoute([]),
    );
    await renderApp('fleet?kiosk');
    expect(await screen.findByText(/The exporter does not answer: its alerts are not known/)).toBeVisible();
  });

  it('asks each source of alerts once a look', async () => {
    const { requests } = platform(critical('Disk'));
    await renderApp('fleet?kiosk');
    await waiting();
    const asked = requests.filter(({ url }) => url.endsWith('/api/v2/alerts'));
    expect(asked).toHaveLength(1);
  });

  it('shows the fleet when nobody can be asked about alerts', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers([...DEVICES]) }));
    await renderApp('fleet?kiosk&badge');
    expect(await screen.findByRole('heading', { name: '1 device needs you' })).toBeVisible();
  });

  it('puts their number into the title of the window when told to', async () => {
    document.title = 'Fleet';
    platform(critical('Disk'), critical('Fan'));
    await renderApp('fleet?kiosk&badge');
    await waitFor(() => expect(document.title).toBe('(2) Fleet'));
  });

  it('asks for the press of a button before it may sound', async () => {
    installFakeAudio('suspended');
    platform(critical('Disk'));
    await renderApp('fleet?kiosk&sound');
    await userEvent.click(await screen.findByRole('button', { name: 'Switch the sound on' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Switch the sound on' })).toBeNull());
  });
});
