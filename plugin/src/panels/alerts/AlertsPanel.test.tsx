import '../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { initPluginTranslations } from '@grafana/i18n';
import { render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { rulesRoute, storedAlert } from '../../test-support/alertRoutes';
import {
  BAD_GATEWAY,
  exporterFails,
  fakeGrafana,
  FORBIDDEN,
  type Route,
} from '../../test-support/fakeGrafana';
import german from './locales/de-DE/valtronics-alerts-panel.json';
import { NOW, MINUTE, settings, store, quiet, fired, panel, lines, loadWindow } from './panel.fixture';

beforeEach(loadWindow);

describe('alerts of Valtronics', () => {
  it('are listed without a query, the worst first, with since when and a link', async () => {
    fakeGrafana(
      settings,
      store(fired('Battery', 'warning', { device_id: 'A' }), fired('Disk', 'critical')),
      ...quiet,
    );
    render(panel({ labels: ['device_id'] }));
    const [first, second] = await lines();
    expect(first).toHaveTextContent(/critical.*Disk.*12 min/);
    expect(second).toHaveTextContent(/warning.*Battery.*A.*12 min/);
    expect(screen.getByRole('link', { name: 'A' })).toHaveAttribute(
      'href',
      '/a/valtronics-monitoring-app/fleet/A',
    );
    expect(screen.getByRole('link', { name: 'Disk' }).getAttribute('href')).toContain(
      '/alerts?q=Disk&alert=',
    );
    expect(screen.getByRole('list', { name: 'Alerts by severity' })).toHaveTextContent(
      '✕ 1 critical▲ 1 warning',
    );
  });

  it('name the device without being told to', async () => {
    fakeGrafana(settings, store(fired('Battery', 'warning', { device_id: 'MOCK-7' })), ...quiet);
    render(panel());
    expect(await screen.findByRole('link', { name: 'MOCK-7' })).toBeInTheDocument();
  });

  it('are asked for once by all panels of a dashboard', async () => {
    const { requests } = fakeGrafana(settings, store(fired('Disk', 'critical')), ...quiet);
    render(
      <>
        {panel()}
        {panel({ density: 'compact' })}
        {panel({ severities: ['critical'] })}
      </>,
    );
    await waitFor(() => expect(screen.getAllByText('Disk')).toHaveLength(3));
    expect(requests.filter(({ url }) => url.endsWith('/api/v2/alerts'))).toHaveLength(1);
  });

  it.each([
    ['/dashboard/snapshot/abc', 'The snapshot does not hold these alerts'],
    ['/public-dashboards/abc', 'A public dashboard cannot ask for these alerts'],
  ])('are none of %s, which says so and asks nothing', (path, words) => {
    window.history.pushState({}, '', path);
    const { requests } = fakeGrafana(settings, store(fired('Disk', 'critical')), ...quiet);
    render(panel());
    expect(screen.getByText(words)).toBeInTheDocument();
    expect(requests).toEqual([]);
    window.history.pushState({}, '', '/');
  });

  it('say that nothing matches where the options leave something out', async () => {
    fakeGrafana(settings, store(fired('Battery', 'warning')), ...quiet);
    render(panel({ severities: ['critical'] }));
    expect(await screen.findByText('Nothing of what is there matches')).toBeInTheDocument();
    expect(screen.queryByText('Nothing fires')).toBeNull();
  });

  it('are calm words when there is none', async () => {
    fakeGrafana(settings, store(), ...quiet);
    render(panel());
    expect(await screen.findByText('Nothing fires')).toBeInTheDocument();
  });

  it('say so while they are asked for', () => {
    fakeGrafana(settings, store(), ...quiet);
    render(panel());
    expect(screen.getByRole('status')).toHaveTextContent('Asking for alerts…');
  });

  it('stay when a source is missing, and say which', async () => {
    const broken: Route = ({ url }) => (url.startsWith('/api/alertmanager/') ? BAD_GATEWAY : undefined);
    fakeGrafana(settings, store(fired('Disk', 'critical')), broken, rulesRoute([]));
    render(panel());
    expect(await lines()).toHaveLength(1);
    expect(screen.getByRole('alert')).toHaveTextContent(/Alertmanager does not answer.*Check that it runs/);
  });

  it('are not said to be none when nobody could be asked', async () => {
    fakeGrafana(settings, exporterFails(BAD_GATEWAY), ...quiet);
    render(panel());
    expect(await screen.findByText('The exporter does not answer')).toBeInTheDocument();
    expect(screen.queryByText('Nothing fires')).not.toBeInTheDocument();
  });

  it('explain what to do for a user who may not see the app', async () => {
    fakeGrafana(({ url }) => (url.startsWith('/api/plugins/') ? FORBIDDEN : undefined));
    render(panel());
    expect(await screen.findByText('You may not see the Valtronics app')).toBeInTheDocument();
    expect(screen.getByText(/Ask an administrator/)).toBeInTheDocument();
  });

  it('are filtered by labels with a variable of the dashboard', async () => {
    fakeGrafana(
      settings,
      store(fired('Battery', 'warning', { device_id: 'A' }), fired('Disk', 'critical')),
      ...quiet,
    );
    render(panel({ matchers: 'device_id="$device"' }));
    expect(await lines()).toHaveLength(1);
    expect(screen.getByText('1 hidden')).toBeInTheDocument();
  });

  it('say what is wrong with the filter', async () => {
    fakeGrafana(settings, store(fired('Disk', 'critical')), ...quiet);
    render(panel({ matchers: 'device_id=~"("' }));
    expect(await screen.findByText('The label filter cannot be read')).toBeInTheDocument();
  });

  it('have headings, one for those without the label too', async () => {
    fakeGrafana(
      settings,
      store(fired('Battery', 'warning', { zone: '<b>x</b>' }), fired('Disk', 'critical')),
      ...quiet,
    );
    render(panel({ groupBy: 'zone' }));
    expect((await lines()).map(({ textContent }) => textContent)).toEqual([
      '<b>x</b> 1',
      expect.stringContaining('Battery'),
      'without zone 1',
      expect.stringContaining('Disk'),
    ]);
  });

  it('draw few elements for ten thousand', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      storedAlert('Disk', NOW - MINUTE, {
        fingerprint: String(index).padStart(16, '0'),
        labels: { alertname: 'Disk', device_id: String(index) },
      }),
    );
    fakeGrafana(settings, store(...many), ...quiet);
    const { container } = render(panel());
    const [first] = await lines();
    expect(first).toHaveAttribute('aria-setsize', '10000');
    expect(container.querySelectorAll('*').length).toBeLessThan(1000);
  });

  it('speak German', async () => {
    await initPluginTranslations('valtronics-alerts-panel');
    i18next.addResourceBundle('de-DE', 'valtronics-alerts-panel', german);
    await i18next.changeLanguage('de-DE');
    fakeGrafana(settings, store(), ...quiet);
    render(panel());
    expect(await screen.findByText('Kein Alarm')).toBeInTheDocument();
  });
});
