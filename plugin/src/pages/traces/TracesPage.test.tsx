import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeGrafana, prometheusRoute, type FakeGrafana } from '../../test-support/fakeGrafana';
import { address, renderApp } from '../../test-support/renderApp';
import { requestAnswers } from '../../test-support/requestAnswers';
import { traceItem, traceRoute } from '../../test-support/traceAnswers';
import { FAILED, NOW, ROUTES, rowsOf, SECOND, SLOW, textsOf, world } from './tracesPage.fixture';

afterEach(cleanup);

const start = (): FakeGrafana => fakeGrafana(traceRoute(world()), prometheusRoute(requestAnswers(ROUTES)));

describe('the traces page', () => {
  it('says how often, how well and how fast the platform answers', async () => {
    start();
    await renderApp('traces');
    expect(await screen.findByText('5.01 req/s')).toBeVisible();
    expect(screen.getByText('1.8% errors')).toBeVisible();
    expect(screen.getByText(/^p95/, { selector: 'p > span' })).toHaveTextContent('p95 1.2 s');
    const panels = await screen.findAllByTestId('panel timeseries');
    expect(panels.map((panel) => panel.textContent)).toEqual([
      'Requests: 1080 rows',
      'Failed requests: 1080 rows',
      expect.stringMatching(/^Duration, p95: 720 rows/),
    ]);
  });

  it('names the marks of Grafana’s chart for those who do not see them', async () => {
    start();
    await renderApp('traces');
    const chart = (await screen.findAllByTestId('panel timeseries'))[2];
    const mark = document.createElement('div');
    mark.setAttribute('role', 'button');
    mark.setAttribute('data-testid', 'data-testid Exemplar marker');
    chart?.append(mark);
    expect(await screen.findByRole('button', { name: 'A request whose trace is kept' })).toBe(mark);
  });

  it('lists routes, what fails first, each with its slowest trace', async () => {
    start();
    await renderApp('traces');
    await screen.findByRole('table', { name: 'Traces' });
    expect(await textsOf('Routes')).toEqual([
      expect.stringMatching(/^GET \/api\/v1\/devices\/\{device_id\}0\.9✕10%30 ms1\.2 s1\.2 s ›$/),
      expect.stringMatching(/^GET \/api\/v1\/devices4\.1●0%20 ms85 ms20 ms ›$/),
      expect.stringMatching(/^GET other0\.01●0%–No duration was measured–.*–No trace of it is kept/),
    ]);
    const [row] = await rowsOf('Routes');
    expect(within(row ?? document.body).getByRole('link', { name: /1\.2 s/ })).toHaveAttribute(
      'href',
      `/a/valtronics-monitoring-app/traces/${SLOW}`,
    );
  });

  it('lists the slowest traces with the ways to waterfall, lines and device', async () => {
    start();
    await renderApp('traces');
    expect(await textsOf('Traces')).toEqual([
      expect.stringMatching(
        /GET \/api\/v1\/devices\/\{device_id\} valtronics-gateway · 9 spans1\.2 s●200MOCK-1008/,
      ),
      expect.stringMatching(/valtronics-gateway, postgres · 2 spansconnection refused240 ms✕500MOCK-1011/),
      expect.stringMatching(/GET \/api\/v1\/devices .*20 ms●200/),
    ]);
    expect(screen.getByText(/^source: buffer of the exporter, 412 kept, back to /)).toBeVisible();
    const [row] = await rowsOf('Traces');
    const links = within(row ?? document.body).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      `/a/valtronics-monitoring-app/traces/${SLOW}`,
      '/a/valtronics-monitoring-app/fleet/MOCK-1008',
      `/a/valtronics-monitoring-app/traces/${SLOW}`,
      expect.stringContaining(`/logs?trace=${SLOW}&from=`),
    ]);
  });

  it('lists the failing ones, or all by their time, in the address', async () => {
    start();
    await renderApp('traces');
    await userEvent.click(await screen.findByRole('radio', { name: 'Failing' }));
    expect(address()).toContain('view=failing');
    await waitFor(async () => expect(await rowsOf('Traces')).toHaveLength(1));
    await userEvent.click(screen.getByRole('radio', { name: 'All' }));
    await waitFor(async () => expect((await textsOf('Traces'))[0]).toMatch(/GET \/api\/v1\/devices /));
    await userEvent.click(screen.getByRole('radio', { name: 'Slowest' }));
    expect(address()).not.toContain('view=');
  });

  it('looks at one route alone, in charts and list', async () => {
    start();
    await renderApp('traces');
    const route = await screen.findByRole('button', { name: 'GET /api/v1/devices' });
    await userEvent.click(route);
    expect(new URLSearchParams(address().split('?')[1]).get('operation')).toBe('GET /api/v1/devices');
    await waitFor(async () => expect(await rowsOf('Traces')).toHaveLength(1));
    const [requests] = screen.getAllByTestId('panel timeseries');
    expect(requests).toHaveTextContent('Requests: 360 rows');
    expect(await rowsOf('Routes')).toHaveLength(3);
    await userEvent.click(screen.getByRole('button', { name: 'GET /api/v1/devices', pressed: true }));
    await waitFor(async () => expect(await rowsOf('Traces')).toHaveLength(3));
  });

  it('asks with the whole filter of the address', async () => {
    const grafana = start();
    await renderApp('traces?service=postgres&min=100&device=MOCK-1011&correlation=r-17&view=failing');
    await screen.findByRole('radio', { name: 'Failing' });
    const asked = grafana.requests.find(({ url }) => url.includes('/traces?') && url.includes('errors=true'));
    const {
      from = '',
      to = '',
      ...query
    } = Object.fromEntries(new URL(asked?.url ?? '', 'http://grafana').searchParams);
    expect(query).toEqual({
      ...{ service: 'postgres', minDurationMs: '100', device: 'MOCK-1011', correlation: 'r-17' },
      ...{ errors: 'true', order: 'newest', limit: '50' },
    });
    expect(Math.round((Date.parse(to) - Date.parse(from)) / (60 * SECOND))).toBe(60);
  });

  it('finds a correlation id in the list, and opens a trace by its id', async () => {
    start();
    await renderApp('traces');
    const field = await screen.findByRole('searchbox', { name: 'Trace or correlation id' });
    await userEvent.type(field, 'r-17{Enter}');
    expect(address()).toContain('correlation=r-17');
    await waitFor(async () => expect(await rowsOf('Traces')).toHaveLength(1));
    await userEvent.clear(field);
    await userEvent.type(field, `${FAILED.toUpperCase()}{Enter}`);
    await waitFor(() => expect(address()).toBe(`/a/valtronics-monitoring-app/traces/${FAILED}`));
  });

  it('sorts routes by a press on a heading, in the address', async () => {
    start();
    await renderApp('traces');
    await userEvent.click(await screen.findByRole('button', { name: 'p95' }));
    expect(address()).toContain('sort=-slow');
    expect(screen.getByRole('columnheader', { name: /p95/ })).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(screen.getByRole('button', { name: /p95/ }));
    expect((await textsOf('Routes'))[0]).toContain('GET other');
  });

  it('tells collectors and topics apart by their spans', async () => {
    const spans = [{ labels: { span_name: 'collect postgres' }, rate: 0.1, failures: 0.05, slow: 0.5 }];
    const traces = [
      traceItem(SLOW, NOW - SECOND, { operation: 'collect postgres', method: null, route: null }),
    ];
    fakeGrafana(traceRoute(world({ items: traces })), prometheusRoute(requestAnswers(ROUTES, { spans })));
    await renderApp('traces');
    await userEvent.click(await screen.findByRole('radio', { name: 'Collectors' }));
    expect(address()).toContain('by=collectors');
    await screen.findByRole('table', { name: 'Traces' });
    expect(await textsOf('Collectors')).toEqual([
      expect.stringMatching(/^collect postgres0\.1✕50%.*500 ms20 ms ›$/),
    ]);
    expect(screen.getByText('5.01 req/s')).toBeVisible();
  });

  it('lists more when they are wanted', async () => {
    const items = Array.from({ length: 70 }, (_, place) =>
      traceItem(place.toString(16).padStart(32, '0'), NOW - place * SECOND),
    );
    fakeGrafana(traceRoute(world({ items })), prometheusRoute(requestAnswers(ROUTES)));
    await renderApp('traces');
    expect(await rowsOf('Traces')).toHaveLength(50);
    await userEvent.click(screen.getByRole('button', { name: 'More traces' }));
    await waitFor(async () => expect(await rowsOf('Traces')).toHaveLength(70));
    expect(screen.queryByRole('button', { name: 'More traces' })).toBeNull();
  });

  it('is text, whatever is in it', async () => {
    const items = [traceItem(SLOW, NOW, { operation: '<img src=x onerror=alert(1)>', error: '<b>x</b>' })];
    fakeGrafana(traceRoute(world({ items })), prometheusRoute(requestAnswers(ROUTES)));
    await renderApp('traces');
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeVisible();
    expect(screen.getByText('<b>x</b>')).toBeVisible();
  });

  it('speaks German', async () => {
    start();
    await renderApp('traces', { language: 'de-DE' });
    expect(
      await screen.findByText(/^Quelle: Puffer des Exporters, 412 aufbewahrt, zurück bis /),
    ).toBeVisible();
    expect(screen.getByText('5,01 Anfr./s')).toBeVisible();
  });
});
