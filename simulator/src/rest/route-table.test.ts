import { describe, expect, it } from '@jest/globals';
import type { Method, Route } from './route.ts';
import { createRouteTable } from './route-table.ts';

const route = (method: Method, path: string): Route => ({
  method,
  path,
  summary: '',
  handle: () => ({ status: 200 }),
});
const table = createRouteTable([
  route('GET', '/devices/'),
  route('POST', '/devices/'),
  route('GET', '/devices/stats'),
  route('GET', '/devices/{device_id}'),
  route('GET', '/devices/{device_id}/telemetry'),
]);

describe('createRouteTable', () => {
  it('takes the first route that matches', () => {
    expect(table.match('GET', '/devices/stats')).toMatchObject({ route: { path: '/devices/stats' } });
    const match = table.match('GET', '/devices/7/telemetry');
    expect(match.kind === 'route' ? match.parameters.get('device_id') : '').toBe('7');
  });

  it('sends the client to the path with or without a slash', () => {
    expect(table.match('GET', '/devices')).toEqual({ kind: 'redirect', path: '/devices/' });
    expect(table.match('GET', '/devices/7/')).toEqual({ kind: 'redirect', path: '/devices/7' });
  });

  it('tells a wrong method from an unknown path', () => {
    expect(table.match('HEAD', '/devices/')).toEqual({ kind: 'method_not_allowed', allow: ['GET', 'POST'] });
    expect(table.match('GET', '/nope')).toEqual({ kind: 'not_found' });
    expect(table.match('GET', '/devices/1/2/3')).toEqual({ kind: 'not_found' });
  });

  it('decodes parameters, and leaves alone what cannot be decoded', () => {
    const parameter = (path: string): string | undefined => {
      const match = table.match('GET', path);
      return match.kind === 'route' ? match.parameters.get('device_id') : undefined;
    };
    expect(parameter('/devices/a%20b')).toBe('a b');
    expect(parameter('/devices/%E0%A4')).toBe('%E0%A4');
  });
});
