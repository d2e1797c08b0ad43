import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import { FORBIDDEN } from '../../../test-support/fakeGrafana';
import { ago, routed, silence, stored, type World } from '../../../test-support/alertServer';
import { API, names, open, row, THREE } from './openActive.fixture';

afterEach(cleanup);

describe('actions of an Editor', () => {
  it('acknowledge at once, and say so', async () => {
    const { user, written } = await open(THREE);
    await user.click(screen.getByRole('button', { name: 'Acknowledge ApiDown' }));
    const dialog = screen.getByRole('dialog');
    const button = within(dialog).getByRole('button', { name: 'Acknowledge' });
    expect(button).toBeDisabled();
    await user.type(within(dialog).getByRole('textbox', { name: /Comment/ }), 'on my way');
    await user.click(button);
    expect(row('ApiDown')).toHaveTextContent('on my way');
    expect(await screen.findByText('1 alert acknowledged')).toBeVisible();
    expect(written).toEqual([
      {
        method: 'POST',
        path: expect.stringMatching(/\/api\/v1\/alerts\/acknowledge$/),
        body: { fingerprints: [fingerprintOf(API)], comment: 'on my way' },
      },
    ]);
  });

  it('leave the keyboard on the row when the button that opened the dialog is gone', async () => {
    const { user } = await open(THREE);
    screen.getByRole('button', { name: 'Acknowledge ApiDown' }).focus();
    await user.keyboard('{Enter}');
    await user.type(screen.getByRole('textbox', { name: /Comment/ }), 'on my way');
    await user.keyboard('{Tab}{Tab}{Enter}');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Acknowledge ApiDown' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-alert', fingerprintOf(API)));
  });

  it('leave the keyboard on the list when the row is gone, too', async () => {
    const { user } = await open({ routed: [routed('ApiDown'), routed('Other')] });
    await user.click(screen.getByRole('button', { name: 'Silence ApiDown' }));
    await user.type(screen.getByRole('textbox', { name: /Comment/ }), 'known');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Silence' }));
    expect(await screen.findByText('1 alert silenced')).toBeVisible();
    expect(names()).toEqual(['Other']);
    await waitFor(() => expect(screen.getByRole('region', { name: 'Active alerts' })).toHaveFocus());
  });

  it('give the keyboard back to the button when nothing was done', async () => {
    const { user } = await open(THREE);
    const button = screen.getByRole('button', { name: 'Acknowledge ApiDown' });
    await user.click(button);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(button).toHaveFocus());
  });

  it('bring a refused row back, with its reason beside it, still selected', async () => {
    const { user } = await open({ ...THREE, refuses: [fingerprintOf(API)] }, 'alerts?group=none');
    await user.click(screen.getByRole('checkbox', { name: 'Select all shown' }));
    expect(screen.getByText('3 selected')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Acknowledge…' }));
    await user.type(screen.getByRole('textbox', { name: /Comment/ }), 'all mine');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Acknowledge' }));
    expect(
      await screen.findByText('1 alert acknowledged, 1 refused: the reason stands beside it'),
    ).toBeVisible();
    expect(row('ApiDown')).toHaveTextContent('Not acknowledged: it is resolved already');
    expect(row('ApiDown')).toHaveTextContent('firing');
    expect(within(row('ApiDown')).getByRole('checkbox')).toBeChecked();
    expect(within(row('D2')).getByRole('checkbox')).not.toBeChecked();
  });

  it('take over what somebody else has acknowledged, knowing who, when and why', async () => {
    const { user, written } = await open(THREE);
    await user.click(screen.getByRole('button', { name: 'Take over DeviceStale' }));
    const dialog = screen.getByRole('dialog', { name: 'Take over this alert' });
    expect(within(dialog).getByRole('listitem')).toHaveTextContent(
      /^acknowledged by ana: "power cut" · 2 min · /,
    );
    const button = within(dialog).getByRole('button', { name: 'Take over' });
    expect(button).toBeDisabled();
    await user.type(within(dialog).getByRole('textbox', { name: /Comment/ }), 'ana is off');
    await user.click(button);
    expect(await screen.findByText('1 alert taken over')).toBeVisible();
    const labels = { alertname: 'DeviceStale', severity: 'warning', device_id: 'D1', service: 'devices' };
    expect(written).toEqual([
      {
        method: 'POST',
        path: expect.stringMatching(/\/api\/v1\/alerts\/acknowledge$/),
        body: { fingerprints: [fingerprintOf(labels)], comment: 'ana is off', replace: true },
      },
    ]);
  });

  it('do not take over from oneself', async () => {
    await open(THREE, 'alerts', { login: 'ana' });
    expect(screen.queryByRole('button', { name: 'Take over DeviceStale' })).toBeNull();
  });

  it('say who was faster, and offer to take over from them', async () => {
    const world: World = { ...THREE, refuses: [fingerprintOf(API)], why: 'bo has acknowledged it: "mine"' };
    const { user } = await open(world);
    await user.click(screen.getByRole('button', { name: 'Acknowledge ApiDown' }));
    await user.type(screen.getByRole('textbox', { name: /Comment/ }), 'on my way');
    const acknowledgement = { by: 'bo', at: new Date(ago(0)).toISOString(), comment: 'mine' };
    world.stored = [stored('ApiDown', { severity: 'critical' }, { state: 'acknowledged', acknowledgement })];
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Acknowledge' }));
    await waitFor(() =>
      expect(row('ApiDown')).toHaveTextContent('Not acknowledged: bo has acknowledged it: "mine"'),
    );
    await user.click(await screen.findByRole('button', { name: 'Take over ApiDown' }));
    expect(within(screen.getByRole('dialog')).getByText(/acknowledged by bo: "mine"/)).toBeVisible();
  });

  it('say what Grafana or the exporter said when nothing could be done', async () => {
    const { user } = await open({ ...THREE, writes: FORBIDDEN });
    await user.click(screen.getByRole('button', { name: 'Acknowledge ApiDown' }));
    await user.type(screen.getByRole('textbox', { name: /Comment/ }), 'x');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Acknowledge' }));
    await waitFor(() => expect(row('ApiDown')).toHaveTextContent(/Not acknowledged: .*access denied/));
  });

  it('silence by the labels that the selection shares, and show what else that is', async () => {
    const both = [routed('DeviceStale', { device_id: 'D1' }), routed('DeviceStale', { device_id: 'D2' })];
    const other = routed('DeviceStale', { device_id: 'D3' });
    const { user, written } = await open({ routed: [...both, other] }, 'alerts?group=none');
    await user.click(within(row('D1')).getByRole('checkbox'));
    await user.click(within(row('D2')).getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Silence…' }));
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText('Would silence 3 alerts now, 1 of them not selected.')).toBeVisible();
    expect(within(dialog).getAllByRole('textbox', { name: 'Value' })[0]).toHaveValue('DeviceStale');
    await user.type(within(dialog).getByRole('textbox', { name: /Comment/ }), 'known');
    await user.click(within(dialog).getByRole('button', { name: 'Silence' }));
    expect(await screen.findByText('3 alerts silenced')).toBeVisible();
    expect(written[0]).toMatchObject({
      method: 'POST',
      body: {
        comment: 'known',
        matchers: [
          { name: 'alertname', value: 'DeviceStale', isRegex: false, isEqual: true },
          { name: 'severity', value: 'warning' },
        ],
      },
    });
  });

  it('silence each of the selection by itself', async () => {
    const both = [routed('DeviceStale', { device_id: 'D1' }), routed('ApiDown', { job: 'api' })];
    const { user, written } = await open({ routed: both }, 'alerts?group=none');
    await user.click(screen.getByRole('checkbox', { name: 'Select all shown' }));
    await user.click(screen.getByRole('button', { name: 'Silence…' }));
    await user.click(screen.getByRole('radio', { name: 'One for each of 2 alerts' }));
    await user.type(screen.getByRole('textbox', { name: /Comment/ }), 'known');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Silence' }));
    expect(await screen.findByText('2 alerts silenced')).toBeVisible();
    expect(written).toHaveLength(2);
  });

  it('keep the silence dialog open with the reason when Alertmanager refuses', async () => {
    const writes = { status: 400, body: { message: 'bad matcher format' } };
    const { user } = await open({ routed: [routed('ApiDown')], writes });
    await user.click(screen.getByRole('button', { name: 'Silence ApiDown' }));
    await user.type(screen.getByRole('textbox', { name: /Comment/ }), 'known');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Silence' }));
    expect(await screen.findByText(/bad matcher format/)).toBeVisible();
    expect(screen.getByRole('dialog')).toBeVisible();
  });

  it('expire a silence after asking', async () => {
    const quiet = { status: { state: 'suppressed', silencedBy: ['s'], inhibitedBy: [] } };
    const { user, written } = await open(
      { routed: [routed('Quiet', {}, quiet)], silences: [silence('s', 'Quiet')] },
      'alerts?silenced=show',
    );
    await user.click(screen.getByRole('button', { name: 'Expire the silence of Quiet' }));
    expect(screen.getByText(/alertname="Quiet" · bob: known/)).toBeVisible();
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Expire' }));
    expect(await screen.findByText('1 alert is told of again')).toBeVisible();
    expect(written).toMatchObject([{ method: 'DELETE', path: expect.stringMatching(/\/silence\/s$/) }]);
  });

  it('resolve, and warn of what still fires', async () => {
    const { user, written } = await open({ stored: [stored('ApiDown')], routed: [routed('ApiDown')] });
    await user.click(screen.getByRole('checkbox', { name: 'Select ApiDown' }));
    await user.click(screen.getByRole('button', { name: 'Resolve…' }));
    expect(screen.getByText(/It still fires at its source/)).toBeVisible();
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Resolve' }));
    expect(await screen.findByText('1 alert resolved')).toBeVisible();
    expect(written).toMatchObject([{ path: expect.stringMatching(/\/alerts\/resolve$/) }]);
  });

  it('work by keys, from row to row', async () => {
    const { user } = await open(THREE, 'alerts?group=none');
    const [first] = screen.getAllByRole('button', { expanded: false, name: /ApiDown/ });
    first?.focus();
    await user.keyboard('{ArrowDown}x');
    expect(screen.getByText('1 selected')).toBeVisible();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveTextContent(/D1|D2/);
    await user.keyboard('s');
    expect(screen.getByRole('dialog')).toBeVisible();
  });

  it('select a range with Shift', async () => {
    const { user } = await open(THREE, 'alerts?group=none');
    await user.click(within(row('ApiDown')).getByRole('checkbox'));
    await user.keyboard('{Shift>}');
    const last = screen.getAllByRole('checkbox', { name: 'Select DeviceStale' }).at(-1);
    if (last !== undefined) await user.click(last);
    await user.keyboard('{/Shift}');
    expect(screen.getByText('3 selected')).toBeVisible();
  });

  it('test the chain and show what each receiver answered', async () => {
    const { user } = await open({});
    await user.click(screen.getByRole('button', { name: 'Test the chain…' }));
    await user.click(screen.getByRole('button', { name: 'Send the test alert' }));
    expect(await screen.findByText(/slack/)).toBeVisible();
    expect(screen.getByText(/401 bad key/)).toBeVisible();
    expect(screen.getByText(/did not take it/)).toBeVisible();
  });
});

describe('a Viewer', () => {
  it('sees buttons that are off, and why', async () => {
    const { user, written } = await open(THREE, 'alerts', { role: 'Viewer' });
    const button = screen.getByRole('button', { name: 'Acknowledge ApiDown' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await user.hover(button);
    expect(await screen.findByText('This needs the role Editor in Grafana')).toBeVisible();
    await user.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(written).toEqual([]);
  });
});
