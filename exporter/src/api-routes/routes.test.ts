import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KNOWN_ROUTES as table, PLATFORM_ROUTES, UNDOCUMENTED_ROUTES } from './known-routes.ts';
import { createRouteTable } from './routes.ts';

describe('the route table', () => {
  it.each([
    ['/', '/'],
    ['/api/v1/devices/7', '/api/v1/devices/{device_id}'],
    ['/api/v1/devices/abc', '/api/v1/devices/{device_id}'],
    ['/api/v1/devices/stats', '/api/v1/devices/stats'],
    ['/api/v1/devices/stats/telemetry', '/api/v1/devices/{device_id}/telemetry'],
    ['/api/v1/devices/status/ONLINE', '/api/v1/devices/status/{status}'],
    ['/api/v1/devices/status/status', '/api/v1/devices/status/{status}'],
    ['/api/v1/devices/commands/3/status', '/api/v1/devices/commands/{command_id}/status'],
    ['/api/v1/devices/', '/api/v1/devices/'],
    ['/api/v1/devices', '/api/v1/devices/'],
    ['/api/v1/devices/7/', '/api/v1/devices/{device_id}'],
    ['/api/v1/health', '/api/v1/health/'],
    ['/api/v1/alerts/rules/', '/api/v1/alerts/rules/'],
    ['/ws', '/ws'],
    ['/ws/', '/ws'],
    ['/ws/12', '/ws/{device_id}'],
  ])('%s is %s', (path, template) => {
    expect(table.match(path)).toBe(template);
  });

  it('takes /alerts/rules for an alert, as the platform does (422)', () => {
    expect(table.match('/api/v1/alerts/rules')).toBe('/api/v1/alerts/{alert_id}');
  });

  it.each([
    '/nope',
    '/api/v1/nope',
    '/api/v1/devices/7/nope',
    '/api/v1/devices/7/telemetry/batch/x',

    '/api//v1/devices/',
  ])('has no route for %s', (path) => {
    expect(table.match(path)).toBeUndefined();
  });

  it('names a parameter as the later template does', () => {
    expect(createRouteTable(['/a/{id}', '/a/{device_id}']).match('/a/1')).toBe('/a/{device_id}');
  });

  it('has nothing without templates', () => {
    expect(createRouteTable([]).match('/')).toBeUndefined();
  });

  it('finds each template by any path made of it', () => {
    const word = fc
      .string({ unit: fc.constantFrom('x', 'y', '9', '-'), minLength: 1, maxLength: 6 })
      .map((text) => `~${text}`);
    fc.assert(
      fc.property(fc.constantFrom(...PLATFORM_ROUTES), word, (template, value) => {
        expect(table.match(template.replace(/\{[^}]+\}/g, value))).toBe(template);
      }),
    );
  });

  it('never throws, whatever the path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const template = table.match(`/${path}`);
        expect(
          template === undefined || [...UNDOCUMENTED_ROUTES, ...PLATFORM_ROUTES].includes(template),
        ).toBe(true);
      }),
    );
  });
});
