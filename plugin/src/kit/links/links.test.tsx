import '../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { describe, expect, it } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation, useParams, Route, Routes } from 'react-router-dom';
import { APP_ROOT, deviceInAddress } from '../../api/pluginId';
import { dashboardPath } from './DashboardButton';
import { asObject } from '../../api/json';
import { deviceHref, DeviceLink } from './DeviceLink';
import { readTimeRange } from '../time/timeRange';
import { explorePath, promqlPath } from './explore';
import { HrefButton, HrefLink, safeUrl } from './HrefLink';
import { PageButton } from './PageLink';

const IDS = [
  'MOCK-1011',
  '50%',
  '50%25',
  '%41',
  'a\nb',
  'a\tb',
  'a/b?c#d',
  '..',
  '.',
  '~',
  '~x',
  ' a ',
  '<img src=x onerror=alert(1)>',
  'Zürich "1"',
  'a+b&c=d,e;f@g:h$i',
  '\u202eevil',
  '🚒',
  'x'.repeat(300),
];

function Shown() {
  const { deviceId: named = '' } = useParams();
  const { search } = useLocation();
  return <output>{JSON.stringify(deviceInAddress(named, new URLSearchParams(search)))}</output>;
}

/** What history's `createLocation` and a browser make of an address, before the router reads it. */
function asHistoryHasIt(href: string): { pathname: string; search: string } {
  const { pathname, search } = new URL(href, 'http://grafana');
  return { pathname: decodeURI(pathname), search };
}

describe('the address of a device', () => {
  it.each(IDS)('says %j after every decoding on its way, however often it is written anew', (id) => {
    const href = deviceHref(id, '?from=now-6h&q=x');
    const first = asHistoryHasIt(href);
    // An address that is changed is pushed with the path that the router knows, decoded already.
    const second = asHistoryHasIt(`${first.pathname}${first.search}`);
    render(
      <MemoryRouter initialEntries={[second]}>
        <Routes>
          <Route path={`${APP_ROOT}/fleet/:deviceId`} element={<Shown />} />
        </Routes>
      </MemoryRouter>,
    );
    expect(screen.getByRole('status')).toHaveTextContent(JSON.stringify({ deviceId: id, stays: true }), {
      normalizeWhitespace: false,
    });
    expect(new URLSearchParams(second.search).get('from')).toBe('now-6h');
  });

  it.each(['50%', 'a\nb', '..'])('is moved out of the path for %j', (id) => {
    expect(deviceInAddress(id, new URLSearchParams())).toEqual({ deviceId: id, stays: false });
  });
});

describe('links of pages', () => {
  it('keep the path that Grafana is served below', () => {
    render(
      <MemoryRouter basename="/grafana" initialEntries={['/grafana/x']}>
        <DeviceLink deviceId="50%" name="Pump" />
        <PageButton to="/d/valtronics-fleet" icon="apps">
          Dashboard
        </PageButton>
      </MemoryRouter>,
    );
    expect(screen.getByRole('link', { name: '50%' })).toHaveAttribute(
      'href',
      `/grafana${APP_ROOT}/fleet/~?id=50%25`,
    );
    expect(screen.getByRole('link', { name: 'Dashboard' })).toHaveAttribute(
      'href',
      '/grafana/d/valtronics-fleet',
    );
  });
});

describe('links to whole addresses', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'https://', undefined])(
    'lead nowhere but to the web: %s',
    (url) => {
      expect(safeUrl(url)).toBeUndefined();
    },
  );

  it('take them as they are', () => {
    const odd = 'http://prometheus:9090/graph?g0.expr=a%25%2Fb%0A';
    render(
      <>
        <HrefLink href={odd}>Runbook</HrefLink>
        <HrefButton href={`${odd}&x`} icon="link" target="_blank">
          Expression
        </HrefButton>
        <HrefButton href="/grafana/d/x" icon="link">
          Here
        </HrefButton>
      </>,
    );
    expect(screen.getByRole('link', { name: 'Runbook' })).toHaveAttribute('href', odd);
    expect(screen.getByRole('link', { name: 'Runbook' })).toHaveAttribute('rel', 'noreferrer');
    expect(screen.getByRole('link', { name: 'Expression' })).toHaveAttribute('href', `${odd}&x`);
    expect(screen.getByRole('link', { name: 'Expression' })).toHaveAttribute('target', '_blank');
    expect(screen.getByRole('link', { name: 'Here' })).not.toHaveAttribute('target');
  });
});

describe('dashboardPath', () => {
  it.each(IDS)('carries the id %j as it is', (id) => {
    const path = dashboardPath('valtronics-device', { device_id: id }, '?from=1&to=2&refresh=5s');
    const { pathname, searchParams } = new URL(path, 'http://grafana');
    expect(pathname).toBe('/d/valtronics-device');
    expect([...searchParams]).toEqual([
      ['from', '1'],
      ['to', '2'],
      ['var-device_id', id],
    ]);
  });
});

describe('links to Explore', () => {
  const pane = (path: string): unknown => {
    const panes = new URL(path, 'http://grafana').searchParams.get('panes') ?? '';
    const parsed: unknown = JSON.parse(panes);
    return Object.values({ ...asObject(parsed, 'panes') })[0];
  };

  it('ask what the chart asked, of the time that the page has: a relative range stays one', () => {
    const path = promqlPath('prom', ['up{job="a&b"}', 'rate(x[5m])'], readTimeRange('now-6h', 'now'));
    expect(pane(path)).toEqual({
      datasource: 'prom',
      queries: [
        expect.objectContaining({
          refId: 'A',
          expr: 'up{job="a&b"}',
          datasource: { type: 'prometheus', uid: 'prom' },
        }),
        expect.objectContaining({ refId: 'B', expr: 'rate(x[5m])', range: true }),
      ],
      range: { from: 'now-6h', to: 'now' },
    });
  });

  it('have a moment in their middle', () => {
    const path = explorePath({ datasource: 'x', queries: [], at: 1_000_000_000 });
    expect(pane(path)).toMatchObject({ range: { from: '999100000', to: '1000900000' } });
  });
});
