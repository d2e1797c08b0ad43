import { afterEach, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { historyQueries } from '../../features/fleet/fleetQueries';
import { pointsFor } from '../../features/fleet/loadHistory';
import { fakeGrafana, prometheusRoute } from '../../test-support/fakeGrafana';
import { fleetAnswers } from '../../test-support/fleetAnswers';
import { renderApp } from '../../test-support/renderApp';
import { readView } from './view';

const instant = fleetAnswers([
  { id: 'A', status: 'online', name: 'Pump' },
  { id: 'B', status: 'error' },
]);
const samples = [
  [1, '1'],
  [11, '3'],
] as const;

afterEach(cleanup);

it('shows grid and table, or one of them, or the statuses over time', async () => {
  const asked: string[] = [];
  const range = (query: string) => {
    asked.push(query);
    return query === historyQueries(undefined).status
      ? [
          { metric: { device_id: 'A' }, values: samples },
          { metric: { device_id: 'B' }, values: samples },
        ]
      : [];
  };
  fakeGrafana(prometheusRoute({ instant, range }));
  await renderApp('fleet');
  expect(await screen.findByTestId('panel valtronics-devicestatus-panel')).toBeVisible();
  expect(screen.getByRole('table')).toBeVisible();
  expect(asked).not.toContain(historyQueries(undefined).status);
  await userEvent.click(screen.getByRole('radio', { name: 'Timeline' }));
  // Two changes of each, and that nothing is heard after them.
  expect(await screen.findByTestId('panel valtronics-timeline-panel')).toHaveTextContent('6 rows');
  expect(screen.queryByTestId('panel valtronics-devicestatus-panel')).not.toBeInTheDocument();
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('radio', { name: 'Table' }));
  expect(await screen.findByRole('table')).toBeVisible();
  expect(screen.queryByTestId('panel valtronics-timeline-panel')).not.toBeInTheDocument();
});

it('asks for the devices that the filters leave', async () => {
  const range = (query: string) =>
    query === historyQueries(['A']).status ? [{ metric: { device_id: 'A' }, values: samples }] : [];
  fakeGrafana(prometheusRoute({ instant, range }));
  await renderApp('fleet?view=timeline&q=pump');
  expect(await screen.findByTestId('panel valtronics-timeline-panel')).toHaveTextContent('3 rows');
});

it('knows its views by their words, and fewer points for more devices', () => {
  expect(readView(new URLSearchParams('view=timeline'))).toBe('timeline');
  expect(readView(new URLSearchParams('view=circle'))).toBe('both');
  expect([1, 1000, 5000, 20_000].map(pointsFor)).toEqual([600, 600, 120, 60]);
});
