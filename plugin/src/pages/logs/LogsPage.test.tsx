import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeGrafana } from '../../test-support/fakeGrafana';
import { logLine, logRoute } from '../../test-support/logAnswers';
import { address, renderApp } from '../../test-support/renderApp';
import { lineRows, NOW, SECOND, texts, TRACE, world } from './logsPage.fixture';

beforeEach(() => {
  Object.assign(URL, { createObjectURL: () => 'blob:file', revokeObjectURL: () => undefined });
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

describe('the logs page', () => {
  it('shows services, bars, patterns and lines, and where they come from', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs');
    const [first, second, third] = within(await screen.findByRole('list', { name: 'Services' })).getAllByRole(
      'listitem',
    );
    expect(first).toHaveTextContent(/valtronics-api.*61.*▲.*degraded.*39 % errors, mostly/);
    expect(second).toHaveTextContent(/simulator.*100.*●.*healthy/);
    expect(third).toHaveTextContent(/redis.*–.*\?.*silent/);
    expect(await screen.findByTestId('panel timeseries')).toHaveTextContent('Lines by level: 1 rows');
    const row = await screen.findByRole('row', { name: /Connection refused by <\*>.*412/ });
    expect(row).toHaveTextContent(/✕.*error.*38\s*%.*new since.*connection error/);
    expect(await texts()).toEqual([
      expect.stringMatching(
        /✕error.*valtronics-api.*Connection refused by broker:1883.*MOCK-1011.*trace 4bf92f35/,
      ),
      expect.stringMatching(/▲warning.*postgres.*slow query/),
      expect.stringMatching(/■info.*GET/),
      expect.stringContaining('MQTT client started'),
    ]);
    expect(screen.getByText(/^source: buffer of the exporter, back to /)).toBeVisible();
  });

  it('narrows all three parts by the filter of the address', async () => {
    const grafana = fakeGrafana(logRoute(world()));
    await renderApp('logs?service=postgres&level=WARNING,ERROR&q=slow&hide=refused');
    expect(await texts()).toHaveLength(1);
    const asked = grafana.requests.map(({ url }) => new URL(url, 'http://grafana'));
    for (const part of ['search', 'patterns', 'trends']) {
      const { searchParams } = asked.find(({ pathname }) => pathname.endsWith(`/logs/${part}`)) ?? {};
      const given = Object.fromEntries(searchParams ?? []);
      expect(given).toMatchObject({
        service: 'postgres',
        level: 'ERROR,WARNING',
        q: 'slow',
        exclude: 'refused',
      });
      // Both ends of the range are reckoned from the clock, one after the other.
      const span = Date.parse(given.to ?? '') - Date.parse(given.from ?? '');
      expect(Math.round(span / (60 * SECOND))).toBe(60);
    }
  });

  it('looks at one service, one pattern, or all but one, by a click, in the address', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs');
    await userEvent.click(await screen.findByRole('button', { name: 'Only Connection refused by <*>' }));
    expect(address()).toContain('pattern=refused');
    await waitFor(async () => expect(await lineRows()).toHaveLength(1));
    await userEvent.click(await screen.findByRole('button', { name: 'Hide Connection refused by <*>' }));
    expect(address()).toContain('hide=refused');
    expect(address()).not.toContain('pattern=');
    await waitFor(async () => expect(await lineRows()).toHaveLength(3));
    await userEvent.click(await screen.findByRole('button', { name: '1 pattern hidden: show' }));
    await waitFor(async () => expect(await lineRows()).toHaveLength(4));
    await userEvent.click(await screen.findByRole('button', { name: /^valtronics-api/ }));
    expect(address()).toContain('service=valtronics-api');
  });

  it('tells the story of a trace across services in its order', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs');
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Trace or correlation id' }), TRACE);
    await waitFor(() => expect(address()).toContain(`trace=${TRACE}`));
    await waitFor(async () =>
      expect(await texts()).toEqual([
        expect.stringContaining('GET /api/v1/devices'),
        expect.stringContaining('slow query'),
        expect.stringContaining('Connection refused'),
      ]),
    );
    await userEvent.click(screen.getByRole('radio', { name: 'Newest first' }));
    expect(address()).toContain('order=newest');
    expect((await texts())[0]).toContain('Connection refused');
  });

  it('says of a traceback what was raised', async () => {
    const error = {
      type: 'psycopg2.OperationalError',
      message: 'connection refused\nIs it running?',
      stack: null,
    };
    const lines = [
      logLine('one', NOW, 'Exception in ASGI application', { level: 'ERROR', error }),
      logLine('two', NOW - SECOND, 'ValueError: no', {
        error: { type: 'ValueError', message: 'no', stack: null },
      }),
    ];
    fakeGrafana(logRoute(world({ lines })));
    await renderApp('logs');
    const [first, second] = await texts();
    expect(first).toMatch(/Exception in ASGI application.*psycopg2\.OperationalError: connection refused$/);
    expect(second).toMatch(/ValueError: no$/);
    expect(second).not.toMatch(/ValueError: no.*ValueError/);
  });

  it('reads older lines when they are wanted', async () => {
    const lines = Array.from({ length: 700 }, (_, index) =>
      logLine(`line-${index}`, NOW - index * SECOND, `message ${index}`),
    );
    fakeGrafana(logRoute(world({ lines })));
    await renderApp('logs');
    expect(await screen.findByText('300 of 700 lines')).toBeVisible();
    fireEvent.click(await screen.findByRole('button', { name: 'Older lines' }));
    expect(await screen.findByText('600 of 700 lines')).toBeVisible();
    fireEvent.click(await screen.findByRole('button', { name: 'Older lines' }));
    expect(await screen.findByText('700 lines')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Older lines' })).toBeNull();
  });

  it('draws of many lines only those in sight', async () => {
    const lines = Array.from({ length: 300 }, (_, index) =>
      logLine(`line-${index}`, NOW - index * SECOND, `message ${index}`),
    );
    fakeGrafana(logRoute(world({ lines })));
    await renderApp('logs');
    const drawn = (await lineRows()).length;
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(100);
    expect(screen.getByRole('table', { name: 'Lines' })).toHaveAttribute('aria-rowcount', '301');
  });

  it('follows new lines, without asking for the known ones again', async () => {
    const known = world();
    const grafana = fakeGrafana(logRoute(known));
    await renderApp('logs?live');
    expect(await screen.findByRole('button', { name: 'Live' })).toHaveAttribute('aria-pressed', 'true');
    expect(await lineRows()).toHaveLength(4);
    known.lines = [logLine('line-5', NOW, 'it came just now'), ...known.lines];
    expect(await screen.findByText('it came just now')).toBeVisible();
    const searches = grafana.requests.filter(({ url }) => url.includes('/logs/search?'));
    expect(searches.filter(({ url }) => !url.includes('after='))).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Live' }));
    expect(address()).not.toContain('live');
  });
});

describe('a line', () => {
  it('opens with all of its fields, in the address', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs');
    await userEvent.click(await screen.findByRole('button', { name: 'Connection refused by broker:1883' }));
    expect(address()).toContain('line=line-4');
    expect(await screen.findByText('dataset')).toBeVisible();
    expect(screen.getByText(TRACE)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Device' })).toHaveAttribute(
      'href',
      expect.stringContaining('/fleet/MOCK-1011'),
    );
    expect(screen.getByRole('link', { name: 'All of this trace' })).toHaveAttribute(
      'href',
      expect.stringContaining(`/logs?trace=${TRACE}`),
    );
    expect(screen.getByRole('link', { name: 'Alerts' })).toHaveAttribute(
      'href',
      expect.stringContaining('/alerts?device=MOCK-1011'),
    );
    expect(screen.getByRole('link', { name: 'Trace' })).toHaveAttribute(
      'href',
      expect.stringContaining(`/traces/${TRACE}`),
    );
  });

  it('shows what stands around it, whatever the filter', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs?q=slow');
    await userEvent.click(await screen.findByRole('button', { name: 'slow query: 812 ms' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Lines around it' }));
    const around = await screen.findByRole('list', { name: 'Lines around it' });
    const items = within(around).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringContaining('MQTT client started'),
      expect.stringContaining('GET /api/v1/devices'),
      expect.stringContaining('slow query'),
      expect.stringContaining('Connection refused'),
    ]);
    expect(items[2]).toHaveAttribute('aria-current', 'true');
  });

  it('of a link is shown although the filter leaves it out', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs?line=line-3&service=simulator');
    const box = (await screen.findByRole('heading', { name: 'The line of the link' })).closest('section');
    expect(await within(box ?? document.body).findByText('slow query: 812 ms')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(address()).not.toContain('line=');
  });

  it('of a link that is not kept any more says so', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs?line=gone');
    expect(await screen.findByText(/This line is not kept any more/)).toBeVisible();
  });

  it('is moved to by the arrow keys', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs');
    (await screen.findByRole('button', { name: 'Connection refused by broker:1883' })).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('button', { name: 'slow query: 812 ms' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(address()).toContain('line=line-4');
  });

  it('is text, whatever is in it', async () => {
    const lines = [logLine('bad', NOW, '<img src=x onerror=alert(1)>')];
    fakeGrafana(logRoute(world({ lines })));
    await renderApp('logs');
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeVisible();
  });

  it('leaves as CSV with the others', async () => {
    const saved: string[] = [];
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    fakeGrafana(logRoute(world()));
    await renderApp('logs');
    await userEvent.click(await screen.findByRole('button', { name: 'CSV' }));
    expect(saved).toEqual([expect.stringMatching(/^valtronics-logs-.*\.csv$/)]);
  });
});

it('speaks German', async () => {
  fakeGrafana(logRoute(world()));
  await renderApp('logs', { language: 'de-DE' });
  expect(await screen.findByText(/^Quelle: Puffer des Exporters, zurück bis /)).toBeVisible();
  expect((await screen.findAllByText('Fehler'))[0]).toBeVisible();
});
