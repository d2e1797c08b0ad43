import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import {
  BAD_GATEWAY,
  exporterFails,
  fakeGrafana,
  prometheusRoute,
  type Route,
} from '../../../test-support/fakeGrafana';
import { address } from '../../../test-support/renderApp';
import { pendingRule, routed, silence, stored } from '../../../test-support/alertServer';
import { API, names, open, row, THREE } from './openActive.fixture';

afterEach(cleanup);

describe('the list of active alerts', () => {
  it('has one row for an alert that several sources show, the worst first', async () => {
    await open({
      ...THREE,
      routed: [routed('ApiDown', { severity: 'critical' })],
      rules: [pendingRule('Soon')],
    });
    expect(names()).toEqual(['ApiDown', 'DeviceStale', 'DeviceStale', 'Soon']);
    expect(row('ApiDown')).toHaveTextContent('→ web.hook');
    expect(row('D1')).toHaveTextContent('acknowledged by ana: "power cut"');
    expect(row('D1')).toHaveTextContent(/slack ✓/);
    expect(row('Soon')).toHaveTextContent(/pending · 0.21/);
    expect(screen.getByRole('tab', { name: /Active/ })).toHaveTextContent('4');
  });

  it('keeps what a source said last, with its age, once it cannot be asked any more', async () => {
    const { user, routes } = await open({ routed: [routed('Hot')], stored: [stored('Cold')] });
    const alertmanagerFails: Route = ({ url }) =>
      url.startsWith('/api/alertmanager/') ? BAD_GATEWAY : undefined;
    fakeGrafana(alertmanagerFails, ...routes, prometheusRoute({ instant: () => [] }));
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByText(/^What you see of it is \d+ s old \(.+\)\.$/)).toBeVisible();
    expect(names()).toEqual(['Cold', 'Hot']);
  });

  it('is grouped by any label, and alerts without it stay', async () => {
    const { user } = await open(THREE, 'alerts?group=device_id');
    const headings = screen.getAllByRole('button', { name: /^(D1|D2|without device_id)$/ });
    expect(headings.map(({ textContent }) => textContent)).toEqual(['D1', 'D2', 'without device_id']);
    await user.click(screen.getByRole('button', { name: 'D1' }));
    expect(names()).toEqual(['DeviceStale', 'ApiDown']);
    expect(address()).toContain('closed=%3DD1');
  });

  it('says how many of a group fire', async () => {
    await open({ rules: [pendingRule('Soon')], stored: [stored('Soon', { device_id: 'D1' })] });
    expect(screen.getByText('1 of 2 firing')).toBeVisible();
  });

  it.each([
    ['q=power', ['DeviceStale']],
    ['severity=critical', ['ApiDown']],
    ['state=acknowledged', ['DeviceStale']],
    ['device=D2', ['DeviceStale']],
    ['service=devices', ['DeviceStale', 'DeviceStale']],
    ['receiver=slack', ['DeviceStale']],
    ['acknowledged=hide', ['ApiDown', 'DeviceStale']],
    ['matchers=device_id%3D~%22D.%22', ['DeviceStale', 'DeviceStale']],
  ])('is filtered by the address: %s', async (query, expected) => {
    await open(THREE, `alerts?${query}`);
    expect(names()).toEqual(expected);
  });

  it('hides what is silenced until somebody wants it', async () => {
    const { user } = await open({
      routed: [routed('Quiet', {}, { status: { state: 'suppressed', silencedBy: ['s'], inhibitedBy: [] } })],
      silences: [silence('s', 'Quiet')],
    });
    expect(screen.getByText('Nothing fires but 1 silenced alert.')).toBeVisible();
    await user.click(screen.getByRole('switch', { name: 'show silenced' }));
    expect(row('Quiet')).toHaveTextContent('firing, silenced');
    expect(address()).toContain('silenced=show');
  });

  it('is calm when nothing fires, and says what was last', async () => {
    await open({ history: [stored('Older')] });
    expect(await screen.findByText(/^Last alert: Older/)).toBeVisible();
    expect(screen.getByText('Nothing fires.', { exact: false })).toBeVisible();
  });

  it('tells a filter that nothing fits from a world where nothing fires', async () => {
    const { user } = await open(THREE, 'alerts?q=nowhere');
    expect(screen.getByText('None of 3 alerts fits the filter.', { exact: false })).toBeVisible();
    const [clear] = screen.getAllByRole('button', { name: 'Clear' });
    if (clear !== undefined) await user.click(clear);
    expect(names()).toHaveLength(3);
  });

  it('keeps the others’ alerts when a source is down, and says what is missing', async () => {
    await open({ routed: [routed('ApiDown')] }, 'alerts', {}, [exporterFails(BAD_GATEWAY)]);
    expect(names()).toEqual(['ApiDown']);
    expect(screen.getByText('The exporter does not answer')).toBeVisible();
    expect(screen.getByText(/without who has taken alerts on/)).toBeVisible();
  });

  it('speaks German', async () => {
    await open(THREE, 'alerts', { language: 'de-DE' }).catch(() => undefined);
    expect(await screen.findByText(/quittiert von ana/)).toBeVisible();
  });

  it('draws a part of ten thousand', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => stored('Many', { device_id: `D${n}` }));
    await open({ stored: many });
    expect(screen.getByText('10,000 of 10,000 alerts')).toBeVisible();
    expect(names().length).toBeLessThan(60);
  });
});

describe('details', () => {
  it('open in place, with the address', async () => {
    const { user } = await open(THREE);
    await user.click(screen.getByRole('button', { name: /ApiDown/, expanded: false }));
    expect(await screen.findByText('What happened')).toBeVisible();
    expect(address()).toContain(`alert=${fingerprintOf(API)}`);
    expect(screen.getByText('ApiDown says something')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy link' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Runbook' }));
    expect(screen.getByText(/names no runbook/)).toBeVisible();
  });

  it('lead to the device, and say who silenced it', async () => {
    const quiet = { status: { state: 'suppressed', silencedBy: ['s'], inhibitedBy: ['x'] } };
    await open(
      { routed: [routed('Quiet', { device_id: 'D-1' }, quiet)], silences: [silence('s', 'Quiet')] },
      'alerts?silenced=show',
    );
    await userEvent.click(screen.getByRole('button', { name: /Quiet · D-1/ }));
    expect(screen.getByRole('link', { name: 'Device' })).toHaveAttribute(
      'href',
      expect.stringContaining('/fleet/D-1'),
    );
    expect(screen.getByText(/^bob, until .*: known$/)).toBeVisible();
    expect(screen.getByText(/1 other alert, which is its cause/)).toBeVisible();
  });
});
