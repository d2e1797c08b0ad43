import { screen, within } from '@testing-library/react';
import type { TestRoute } from '../../test-support/requestAnswers';
import { traceItem, type TraceWorld } from '../../test-support/traceAnswers';

export const NOW = Date.now();
export const SECOND = 1000;
export const SLOW = '4bf92f3577b34da6a3ce929d0e0e4736';
export const FAILED = '0af7651916cd43dd8448eb211c80319c';

export const ROUTES: readonly TestRoute[] = [
  { labels: { method: 'GET', endpoint: '/api/v1/devices' }, rate: 4.1, median: 0.02, slow: 0.085 },
  {
    ...{ labels: { method: 'GET', endpoint: '/api/v1/devices/{device_id}' }, rate: 0.9 },
    ...{ failures: 0.09, median: 0.03, slow: 1.2 },
  },
  { labels: { method: 'GET', endpoint: 'other' }, rate: 0.01 },
];

/** An exporter with three traces of two routes, within the last minute. */
export function world(more: Partial<TraceWorld> = {}): TraceWorld {
  const one = { operation: 'GET /api/v1/devices/{device_id}', route: '/api/v1/devices/{device_id}' };
  return {
    items: [
      traceItem('a'.repeat(32), NOW - 5 * SECOND),
      traceItem(FAILED, NOW - 10 * SECOND, {
        ...{ ...one, durationMs: 240, status: 'error', error: 'connection refused', httpStatus: 500 },
        ...{ deviceId: 'MOCK-1011', correlationId: 'r-17', services: ['valtronics-gateway', 'postgres'] },
      }),
      traceItem(SLOW, NOW - 20 * SECOND, { ...one, durationMs: 1240, deviceId: 'MOCK-1008', spanCount: 9 }),
    ],
    kept: 412,
    services: {
      'valtronics-gateway': ['GET /api/v1/devices', 'GET /api/v1/devices/{device_id}'],
      postgres: ['SELECT devices'],
    },
    ...more,
  };
}

/** The rows of a table, without the heading. */
export const rowsOf = async (name: string) => {
  const table = await screen.findByRole('table', { name });
  return within(table)
    .getAllByRole('row')
    .filter((row) => within(row).queryAllByRole('columnheader').length === 0);
};
/** What they say. */
export const textsOf = async (name: string) => (await rowsOf(name)).map((row) => row.textContent);
