import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeGrafana, prometheusRoute, type Route } from '../../../test-support/fakeGrafana';
import { renderApp, type RenderOptions } from '../../../test-support/renderApp';
import { ago, alertServer, stored, type World } from '../../../test-support/alertServer';
import { standStill } from '../../../test-support/standStill';

const NO_PROMETHEUS = prometheusRoute({ instant: () => [] });

/** The tab with the world behind it, once its list (or what is there instead) is drawn. */
export async function open(
  world: World,
  path = 'alerts',
  options: RenderOptions = {},
  before: readonly Route[] = [],
) {
  const server = alertServer(world);
  fakeGrafana(...before, ...server.routes, NO_PROMETHEUS);
  await renderApp(path, { role: 'Editor', ...options });
  await screen.findByRole('checkbox', { name: 'Select all shown' });
  return { ...server, user: userEvent.setup() };
}

/** The row of an alert by words that stand in it. */
export function row(words: string | RegExp): HTMLElement {
  const found = screen
    .getAllByRole('row')
    .find((one) => one.hasAttribute('aria-busy') && new RegExp(words).test(one.textContent));
  if (found === undefined) throw new Error(`no row of ${words}`);
  return found;
}

/** Names of the rows that are drawn, from top to bottom. */
export const names = (): string[] =>
  screen
    .getAllByRole('row')
    .filter((one) => one.hasAttribute('aria-busy'))
    .map((one) => one.querySelector('button[data-alert] bdi')?.textContent ?? '');

/** Labels of the critical alert of `THREE`. */
export const API = { alertname: 'ApiDown', severity: 'critical' };
/** One that is critical, one that somebody has taken on, one that nobody has. */
export const THREE: World = {
  stored: [
    stored('ApiDown', { severity: 'critical' }),
    stored(
      'DeviceStale',
      { device_id: 'D1', service: 'devices' },
      {
        state: 'acknowledged',
        acknowledgement: { by: 'ana', at: new Date(ago(2)).toISOString(), comment: 'power cut' },
        notified: [{ receiver: 'slack', state: 'delivered', at: new Date(ago(3)).toISOString() }],
      },
    ),
    stored('DeviceStale', { device_id: 'D2', service: 'devices' }),
  ],
};

// After the times above were made: each is as old as it says.
standStill(Date.now());
