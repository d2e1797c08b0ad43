import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { alertServer, ago, silence, stored, routed, type World } from '../../test-support/alertServer';
import { exporterDevice } from '../../test-support/exporterAnswers';
import { exporterRoute, fakeGrafana, ok, prometheusRoute } from '../../test-support/fakeGrafana';
import { renderApp } from '../../test-support/renderApp';
import { standStill } from '../../test-support/standStill';

standStill(Date.now());

const ID = 'MOCK-1011';
const DEVICES = exporterRoute((path) =>
  path === '/api/v1/devices' ? ok({ items: [exporterDevice(ID, 'error')], nextCursor: null }) : undefined,
);

async function open(world: World, role: 'Viewer' | 'Editor' = 'Editor') {
  const server = alertServer(world);
  fakeGrafana(DEVICES, ...server.routes, prometheusRoute({ instant: () => [] }));
  await renderApp(`fleet/${ID}`, { role });
  await screen.findByRole('heading', { name: /error/ });
  return { ...server, user: userEvent.setup() };
}

/** The line of an alert of the device. */
async function line(name: string): Promise<HTMLElement> {
  const link = await screen.findByRole('link', { name });
  const item = link.closest<HTMLElement>('[role="row"]');
  if (item === null) throw new Error(`${name} is in no list`);
  return item;
}

/** Makes the silence that the dialog proposes. */
async function silenceIt(user: UserEvent): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Silence…' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByRole('textbox', { name: /Comment/ }), 'in repair');
  await user.click(within(dialog).getByRole('button', { name: 'Silence' }));
}

afterEach(cleanup);

describe('the buttons of a device', () => {
  it('lead to its alerts', async () => {
    await open({});
    expect(await screen.findByRole('link', { name: 'Open alerts' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/alerts\?device=MOCK-1011$/),
    );
  });

  it('silence what names the device, and nothing else', async () => {
    const others = [routed('A', { device_id: ID }), routed('B', { device_id: 'D2' })];
    const { user, written } = await open({ routed: others });
    await user.click(screen.getByRole('button', { name: 'Silence…' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('Would silence 1 alert now.')).toBeVisible();
    await user.type(within(dialog).getByRole('textbox', { name: /Comment/ }), 'in repair');
    await user.click(within(dialog).getByRole('button', { name: 'Silence' }));
    expect(written).toMatchObject([
      {
        method: 'POST',
        body: { comment: 'in repair', matchers: [{ name: 'device_id', value: ID, isEqual: true }] },
      },
    ]);
    expect(await screen.findByText('1 alert silenced')).toBeVisible();
    await waitFor(async () => expect(await line('A')).toHaveTextContent('firing, silenced'));
  });

  it('say when the silence changes nothing for an alert', async () => {
    const alerts = [routed('A', { device_id: ID })];
    const { user } = await open({ routed: alerts, stored: [stored('B', { device_id: ID })], deaf: true });
    await silenceIt(user);
    expect(await screen.findByText('The silence does not do all that it was made for')).toBeVisible();
    expect(screen.getByText(/Alertmanager tells of this alert all the same/)).toBeVisible();
    expect(screen.getByText(/Alertmanager does not have this alert/)).toBeVisible();
    expect(screen.getByText('0 alerts silenced')).toBeVisible();
  });

  it('say when there is nothing to silence yet', async () => {
    const { user } = await open({});
    await silenceIt(user);
    expect(await screen.findByText('The silence is there. Nothing that it matches fires now.')).toBeVisible();
  });

  it('are off for a Viewer where they write, with the reason', async () => {
    const { user, written } = await open({}, 'Viewer');
    const button = screen.getByRole('button', { name: 'Silence…' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await user.hover(button);
    expect(await screen.findByText('This needs the permission to silence alerts in Grafana')).toBeVisible();
    await user.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(written).toEqual([]);
    expect(await screen.findByRole('link', { name: 'Open alerts' })).toBeVisible();
  });
});

describe('an alert of a device', () => {
  it('says what, how bad, and who has taken it on, and leads to it', async () => {
    const acknowledgement = { by: 'ana', at: new Date(ago(2)).toISOString(), comment: 'power cut' };
    const mine = stored('Hot', { device_id: ID }, { state: 'acknowledged', acknowledgement });
    await open({ stored: [mine, stored('Elsewhere', { device_id: 'D2' })] });
    const item = await line('Hot');
    expect(item).toHaveTextContent(/warning.*Hot in short.*acknowledged.*12 min/);
    expect(item).toHaveTextContent('acknowledged by ana: "power cut"');
    expect(within(item).getByRole('link', { name: 'Hot' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/alerts\?device=MOCK-1011&alert=[0-9a-f]{16}$/),
    );
    expect(screen.queryByRole('link', { name: 'Elsewhere' })).toBeNull();
    expect(await screen.findByRole('heading', { name: /^Alerts of this device \(1 active/ })).toBeVisible();
  });

  it('says that it is silenced', async () => {
    const status = { state: 'suppressed', silencedBy: ['s'], inhibitedBy: [] };
    const quiet = routed('Quiet', { device_id: ID }, { status });
    await open({ routed: [quiet], silences: [silence('s', 'Quiet')] });
    expect(await line('Quiet')).toHaveTextContent('firing, silenced');
  });
});
