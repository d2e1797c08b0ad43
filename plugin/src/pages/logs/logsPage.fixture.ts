import { screen, within } from '@testing-library/react';
import { logLine, logPattern, type LogWorld } from '../../test-support/logAnswers';
import { standStill } from '../../test-support/standStill';

export const NOW = Date.now();
// A range that ends now does not hold what is written now.
standStill(NOW + 1);
export const SECOND = 1000;
export const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** An exporter with four lines of three kinds, within the last minute. */
export function world(more: Partial<LogWorld> = {}): LogWorld {
  return {
    lines: [
      logLine('line-4', NOW - 5 * SECOND, 'Connection refused by broker:1883', {
        ...{ level: 'ERROR', pattern: 'refused', deviceId: 'MOCK-1011', traceId: TRACE },
      }),
      logLine('line-3', NOW - 10 * SECOND, 'slow query: 812 ms', {
        ...{ level: 'WARNING', service: 'postgres', pattern: 'slow', traceId: TRACE },
      }),
      logLine('line-2', NOW - 15 * SECOND, 'GET /api/v1/devices 200', {
        ...{ category: 'access', correlationId: 'r-17', traceId: TRACE },
      }),
      logLine('line-1', NOW - 20 * SECOND, 'MQTT client started'),
    ],
    patterns: [
      logPattern('refused', 'Connection refused by <*>', {
        ...{ count: 412, share: 0.38, levels: { ERROR: 412 }, class: 'connection_error', isNew: true },
      }),
      logPattern('slow', 'slow query: <*> ms', { levels: { WARNING: 88 }, count: 88 }),
    ],
    health: {
      simulator: { health_score: 100, total_logs: 9, status: 'healthy', reason: 'no error in 9 lines' },
      'valtronics-api': {
        ...{ health_score: 61, total_logs: 30, status: 'degraded' },
        reason: '39 % errors, mostly «Connection refused by <*>»',
      },
      redis: { health_score: null, total_logs: 0, status: 'unknown', reason: 'no line in 15 minutes' },
    },
    ...more,
  };
}

/** The rows of lines, without the heading. */
export const lineRows = async () => {
  const list = await screen.findByRole('table', { name: 'Lines' });
  return within(list)
    .getAllByRole('row')
    .filter((row) => within(row).queryAllByRole('columnheader').length === 0);
};
/** What they say. */
export const texts = async () => (await lineRows()).map((row) => row.textContent);
