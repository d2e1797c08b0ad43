import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeGrafana, prometheusRoute } from '../../test-support/fakeGrafana';
import { fleetAnswers, type TestDevice } from '../../test-support/fleetAnswers';
import { address, renderApp } from '../../test-support/renderApp';

const FLEET: readonly TestDevice[] = [
  { id: 'MOCK-1', status: 'online', name: 'Pump', location: 'Hall' },
  { id: 'MOCK-2', status: 'error', name: 'Press', since: 720 },
  { id: 'MOCK-3', status: 'offline', seen: 960, type: 'gateway' },
  { id: 'MOCK-4', status: 'warning' },
  { id: 'MOCK-5', status: 'unknown', seen: null },
];
const FINE: readonly TestDevice[] = [
  { id: 'A', status: 'online' },
  { id: 'B', status: 'maintenance', since: 60 },
];

afterEach(cleanup);

describe('the address', () => {
  it('filters by text, status, type and location', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet?q=mock&status=offline,error&type=gateway');
    expect(await screen.findByText('1 of 5 devices')).toBeVisible();
    expect(within(screen.getByRole('table')).getByRole('link', { name: 'MOCK-3' })).toBeVisible();
  });

  it('follows the search as it is typed', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet');
    await userEvent.type(await screen.findByRole('searchbox'), 'pump');
    await waitFor(() => expect(screen.getByText('1 of 5 devices')).toBeVisible());
    expect(address()).toContain('q=pump');
  });

  it('sorts by a heading, and back by a second press', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet');
    await userEvent.click(await screen.findByRole('button', { name: /^Device/ }));
    expect(address()).toContain('sort=name');
    expect(await screen.findByRole('columnheader', { name: /Device/ })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await userEvent.click(screen.getByRole('button', { name: /^Device/ }));
    expect(address()).toContain('sort=-name');
    expect(await screen.findByRole('columnheader', { name: /Device/ })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  it('shows all that need somebody on demand', async () => {
    const many = Array.from({ length: 8 }, (_, index): TestDevice => ({ id: `D${index}`, status: 'error' }));
    fakeGrafana(prometheusRoute({ instant: fleetAnswers([...many, ...FINE]) }));
    await renderApp('fleet');
    await userEvent.click(await screen.findByRole('button', { name: 'Show 3 more' }));
    expect(address()).toContain('status=error%2Coffline');
    expect(await screen.findByText('8 of 10 devices')).toBeVisible();
  });

  it('leads from the app’s root to the fleet', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FINE) }));
    await renderApp('?kiosk');
    await screen.findByRole('heading', { name: 'All 2 devices are fine.' });
    expect(address()).toMatch(/\/fleet\?kiosk$/);
  });

  it('keeps the time of the page in links to devices', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet?from=now-6h&to=now&q=MOCK-2');
    const [link] = await screen.findAllByRole('link', { name: 'MOCK-2' });
    expect(link).toHaveAttribute('href', '/a/valtronics-monitoring-app/fleet/MOCK-2?from=now-6h&to=now');
  });

  it('says so for a page that does not exist', async () => {
    fakeGrafana();
    await renderApp('nowhere');
    expect(await screen.findByText('There is no such page')).toBeVisible();
  });
});

describe('the kiosk', () => {
  it('has no controls', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet?kiosk');
    await screen.findByRole('heading', { name: '2 devices need you' });
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Kiosk' })).toBeNull();
  });

  it('stands still while a device is in error', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet?kiosk&rotate=30s');
    expect(await screen.findByText(/rotation stands still/)).toBeVisible();
  });

  it('shows one group at a time when told to', async () => {
    const devices: TestDevice[] = [
      { id: 'A', status: 'online' },
      { id: 'B', status: 'offline', type: 'gateway' },
    ];
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(devices) }));
    await renderApp('fleet?kiosk&rotate=30s');
    expect(await screen.findByText('Group 1 of 2: gateway')).toBeVisible();
  });
});

describe('hostile names', () => {
  const names = ['<img src=x onerror=alert(1)>', 'n'.repeat(300), '🚒🔥', '\u202Eevil', ''];
  let alerted: ReturnType<typeof jest.fn>;
  beforeEach(() => {
    alerted = jest.fn();
    Object.assign(globalThis, { alert: alerted });
  });

  it('stay text', async () => {
    const devices = names.map((name, index): TestDevice => ({
      id: `${name}#${index}/..`,
      name,
      location: name,
      status: 'error',
    }));
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(devices) }));
    const { container } = await renderApp('fleet');
    await screen.findByRole('heading', { name: '5 devices need you' });
    expect(container.querySelector('img[src="x"]')).toBeNull();
    expect(screen.getAllByText('<img src=x onerror=alert(1)>').length).toBeGreaterThan(0);
    expect(alerted).not.toHaveBeenCalled();
    const hrefs = screen.getAllByRole('link').map((link) => link.getAttribute('href') ?? '');
    expect(hrefs.every((href) => href.startsWith('/a/valtronics-monitoring-app/'))).toBe(true);
  });
});

describe('languages', () => {
  it('speaks German', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet', { language: 'de-DE' });
    expect(await screen.findByRole('heading', { name: '2 Geräte brauchen dich' })).toBeVisible();
  });
});
