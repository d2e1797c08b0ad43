import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SERIES_DROPPED } from '../metrics/catalogue/collection.ts';
import type { CounterCell } from '../metrics/metrics.ts';
import { createMetrics } from '../metrics/registry.ts';
import { createEndpoints, type Endpoints, genericTemplate } from './endpoints.ts';
import { createRouteTable } from './routes.ts';

const ROUTES = createRouteTable(['/', '/api/v1/devices/', '/api/v1/devices/{device_id}']);

function endpointsOf(max: number, routes = ROUTES): { endpoints: Endpoints; dropped: CounterCell } {
  const dropped = createMetrics({ defaultMetrics: false }).counter(SERIES_DROPPED, { reason: 'endpoints' });
  return { endpoints: createEndpoints({ max, routes, dropped }), dropped };
}

describe('the template of a path without route', () => {
  it.each([
    ['/reports/2026', '/reports/{id}'],
    ['/reports/550e8400-e29b-41d4-a716-446655440000/pages', '/reports/{id}/pages'],
    ['/files/d41d8cd98f00b204e9800998ecf8427e', '/files/{id}'],
    ['/things/MOCK-1000', '/things/{id}'],
    ['/things/TEMP_SENSOR_001/state', '/things/{id}/state'],
    ['/api/v2/devices', '/api/v2/devices'],
    ['/grüße', '/{id}'],
    ['/a b', '/{id}'],
    [`/${'x'.repeat(100)}`, '/{id}'],
    ['//double///slashes/', '/double/slashes'],
    ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/{path}'],
    ['/assets/index-4f2a.js', '/{asset}'],
    ['/favicon.ico', '/{asset}'],
    ['/static/css/main.CSS', '/{asset}'],
  ])('%s is %s', (path, template) => {
    expect(genericTemplate(path)).toBe(template);
  });

  it('is short and plain, whatever the path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (path) => {
        expect(genericTemplate(`/${path}`)).toMatch(
          /^(?:\/(?:[A-Za-z0-9._~-]{1,40}|\{id\}|\{asset\}|\{path\}))*\/?$/,
        );
      }),
    );
  });
});

describe('the endpoint of a request', () => {
  it('is the route, whatever the status', () => {
    const { endpoints } = endpointsOf(10);
    expect(endpoints.endpointOf('/api/v1/devices/7', '404')).toBe('/api/v1/devices/{device_id}');
    expect(endpoints.endpointOf('/api/v1/devices', '307')).toBe('/api/v1/devices/');
  });

  it('sees through percent escapes, right and wrong ones', () => {
    const { endpoints } = endpointsOf(10);
    expect(endpoints.endpointOf('/api/v1/%64evices/7', '200')).toBe('/api/v1/devices/{device_id}');
    expect(endpoints.endpointOf('/api/v1/devices/100%', '422')).toBe('/api/v1/devices/{device_id}');
  });

  it('can be asked for before the answer, and counts nothing then', () => {
    const { endpoints, dropped } = endpointsOf(1);
    expect(endpoints.routeOf('/api/v1/devices/7')).toBe('/api/v1/devices/{device_id}');
    expect(endpoints.routeOf('/%61pi/v1/devices')).toBe('/api/v1/devices/');
    expect(endpoints.routeOf('/wp-login.php')).toBeUndefined();
    expect(endpoints.endpointOf('/', '200')).toBe('/');
    expect(dropped.value).toBe(0);
  });

  it('is unmatched without a path and for unknown paths that are not served', () => {
    const { endpoints, dropped } = endpointsOf(10);
    expect(endpoints.endpointOf(null, '400')).toBe('unmatched');
    for (const status of ['301', '307', '400', '403', '404', '405', '500'])
      expect(endpoints.endpointOf('/wp-login.php', status)).toBe('unmatched');
    expect(dropped.value).toBe(0);
  });

  it('is a guess once an unknown path was served, with every status from then on', () => {
    const { endpoints } = endpointsOf(10);
    expect(endpoints.endpointOf('/reports/1', '500')).toBe('unmatched');
    expect(endpoints.endpointOf('/reports/1', '200')).toBe('/reports/{id}');
    expect(endpoints.endpointOf('/reports/2', '500')).toBe('/reports/{id}');
  });

  it('leaves the cap to those who are served, however many scanners come', () => {
    const { endpoints } = endpointsOf(5);
    for (let index = 0; index < 1000; index++) endpoints.endpointOf(`/scan-${'x'.repeat(index % 30)}`, '404');
    expect(endpoints.endpointOf('/reports', '200')).toBe('/reports');
  });

  it('is other over the cap, counted, and guesses leave room for all routes', () => {
    const { endpoints, dropped } = endpointsOf(5);
    const guesses = ['/a', '/b', '/c', '/d'].map((path) => endpoints.endpointOf(path, '200'));
    expect(guesses).toEqual(['/a', '/b', 'other', 'other']);
    expect(endpoints.endpointOf('/', '200')).toBe('/');
    expect(endpoints.endpointOf('/api/v1/devices/', '200')).toBe('/api/v1/devices/');
    expect(endpoints.endpointOf('/api/v1/devices/1', '200')).toBe('/api/v1/devices/{device_id}');
    expect(dropped.value).toBe(2);
  });

  it('counts three paths over a cap of two as one series, however many requests come', () => {
    const { endpoints, dropped } = endpointsOf(2, createRouteTable([]));
    for (let times = 0; times < 1000; times++)
      for (const path of ['/a', '/b', '/c']) endpoints.endpointOf(path, '200');
    expect(dropped.value).toBe(1);
  });

  it('is other for routes over the cap too, counted once a path', () => {
    const { endpoints, dropped } = endpointsOf(1);
    expect(endpoints.endpointOf('/', '200')).toBe('/');
    for (let times = 0; times < 3; times++)
      expect(endpoints.endpointOf('/api/v1/devices/1', '200')).toBe('other');
    expect(dropped.value).toBe(1);
  });

  it('follows other routes at once, remembered paths included', () => {
    const { endpoints } = endpointsOf(10);
    endpoints.endpointOf('/api/v1/devices/1', '200');
    endpoints.use(createRouteTable(['/api/v1/devices/{id}']));
    expect(endpoints.endpointOf('/api/v1/devices/1', '200')).toBe('/api/v1/devices/{id}');
  });

  it('keeps to the cap for any traffic', () => {
    const request = fc.record({
      path: fc
        .oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('', 'api/v1/devices/', 'a', 'b'))
        .map((text) => `/${text}`),
      status: fc.constantFrom('200', '404', '500'),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(request, { maxLength: 200 }), (max, requests) => {
        const { endpoints } = endpointsOf(max);
        const labels = new Set(requests.map(({ path, status }) => endpoints.endpointOf(path, status)));
        labels.delete('other');
        labels.delete('unmatched');
        expect(labels.size).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('stays the same for a path with more paths than are remembered', () => {
    const { endpoints } = endpointsOf(10);
    for (let id = 0; id < 25_000; id++)
      expect(endpoints.endpointOf(`/api/v1/devices/${id}`, '200')).toBe('/api/v1/devices/{device_id}');
  });
});
