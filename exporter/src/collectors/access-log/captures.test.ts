import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { KNOWN_ROUTES } from '../../api-routes/known-routes.ts';
import { type LineFormat, parseLine } from '../../access-line/parse-line.ts';

function linesOf(name: string): string[] {
  const text = readFileSync(new URL(`../../../test/captures/logs/${name}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

function tally(values: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Counted with grep in backend-stdout.log. */
const BACKEND_REQUESTS = {
  'DELETE 405': 1,
  'GET 200': 35,
  'GET 307': 1,
  'GET 400': 1,
  'GET 404': 8,
  'GET 422': 8,
  'GET 500': 2,
  'HEAD 405': 1,
  'PATCH 200': 24,
  'PATCH 400': 1,
  'PATCH 422': 42,
  'POST 200': 3,
  'POST 201': 122,
  'POST 400': 40,
  'POST 422': 52,
  'POST 500': 3,
  'POST 503': 1,
};

describe('the lines that the running platform wrote', () => {
  const formats: readonly (readonly [string, Partial<Record<LineFormat, number>>])[] = [
    ['backend-stdout.log', { uvicorn: 345, other: 55 }],
    ['backend-stock-stdout.log', { uvicorn: 29, other: 171 }],
    ['fleet.log', { other: 200 }],
    ['mosquitto.log', { other: 41 }],
    ['postgres.log', { other: 60 }],
    ['redis.log', { other: 8 }],
    ['simulator.log', { other: 20 }],
  ];

  it.each(formats)('%s is told apart', (name, expected) => {
    expect(tally(linesOf(name).map((line) => parseLine(line).format))).toEqual(expected);
  });

  it('give the requests of the backend by method and status', () => {
    const requests = linesOf('backend-stdout.log').flatMap((line) => parseLine(line).access ?? []);
    expect(tally(requests.map(({ method, status }) => `${method} ${status}`))).toEqual(BACKEND_REQUESTS);
    expect(new Set(requests.map(({ client }) => client))).toEqual(new Set(['127.0.0.1']));
    expect(requests.every(({ path }) => path?.startsWith('/') === true && !path.includes('?'))).toBe(true);
  });

  it('fit the known routes, but for what the platform does not have', () => {
    const paths = ['backend-stdout.log', 'backend-stock-stdout.log']
      .flatMap(linesOf)
      .flatMap((line) => parseLine(line).access?.path ?? []);
    expect(paths.filter((path) => KNOWN_ROUTES.match(path) === undefined)).toEqual([
      '/api/v1/nope',
      '/metrics',
      '/health',
    ]);
  });
});
