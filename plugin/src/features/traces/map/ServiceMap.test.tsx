import '../../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router-dom';
import type { ServiceMap as Calls } from '../../../domain/traces/serviceMap';
import { mapEdge, mapNode, messageEdge, platformMap } from '../../../domain/traces/serviceMap.fixture';
import { speak } from '../../../test-support/renderApp';
import { ServiceMap } from './ServiceMap';

function show(map: Calls, small = false) {
  return render(
    <MemoryRouter>
      <ServiceMap map={map} small={small} />
    </MemoryRouter>,
  );
}

const node = (name: string): HTMLElement => {
  const item = within(screen.getByRole('list', { name: 'Service map' }))
    .getAllByRole('listitem')
    .find((one) => within(one).queryAllByText(name).length > 0);
  if (item === undefined) throw new Error(`${name} is not on the map`);
  return item;
};

/** Few enough for the width of a test's box. */
const SMALL: Calls = {
  ...platformMap(),
  nodes: [mapNode('client', 'client'), mapNode('gateway', 'gateway'), mapNode('api')],
  edges: [
    mapEdge('client', 'gateway', 1, { rate: 12.4, p95: 240 }),
    mapEdge('gateway', 'api', 8, { rate: 12.4, p95: 0.42 }),
  ],
};

beforeAll(() => speak('en-US'));
afterEach(cleanup);

describe('a service map', () => {
  it('says of each node who calls it, how often, how well and how fast', () => {
    show(SMALL);
    expect(node('gateway')).toHaveTextContent('from client: 12.4/s, 1% fail, 95 of 100 within 240 ms');
    expect(node('api')).toHaveTextContent('from gateway: 12.4/s, 8% fail, 95 of 100 within 0.42 ms');
  });

  it('leads from a service to its traces, and from devices to them', () => {
    const devices = ['sensor', 'other', ''].map((type) =>
      mapNode(`devices:${type}`, 'devices', { title: type === '' ? 'devices' : type }),
    );
    show({ ...platformMap(), nodes: [...platformMap().nodes, ...devices] });
    const href = (name: string) => screen.getAllByRole('link', { name })[0]?.getAttribute('href');
    expect(href('valtronics-api')).toMatch(/\/traces\?service=valtronics-api$/);
    const sensors = screen.getAllByRole('link', { name: 'sensor' }).map((link) => link.getAttribute('href'));
    expect(sensors).toContainEqual(expect.stringMatching(/\/fleet\?type=sensor$/));
    expect(href('other')).toMatch(/\/fleet$/);
    expect(href('devices')).toMatch(/\/fleet$/);
    expect(screen.queryByRole('link', { name: 'postgres' })).toBeNull();
  });

  it('says how errors spread', () => {
    show(SMALL);
    const [worst] = within(screen.getByRole('list', { name: 'How errors spread' })).getAllByRole('listitem');
    expect(worst).toHaveTextContent('✕api fails 8% of the calls of gateway. Errors are seen up to: client.');
  });

  it('says when nothing fails, and when nobody above sees it', () => {
    const { rerender } = show({ ...SMALL, edges: [mapEdge('client', 'gateway')] });
    expect(screen.getByText('No call between them failed.')).toBeVisible();
    rerender(
      <MemoryRouter>
        <ServiceMap map={{ ...SMALL, edges: [mapEdge('client', 'gateway'), mapEdge('gateway', 'api', 2)] }} />
      </MemoryRouter>,
    );
    expect(screen.getByText(/Nobody above sees an error/)).toBeVisible();
  });

  it('is a list where a drawing has no room, with the same figures', () => {
    const long = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => mapNode(id));
    const edges = ['ab', 'bc', 'cd', 'de', 'ef'].map((pair) => mapEdge(pair.charAt(0), pair.charAt(1), 2));
    show({ ...SMALL, nodes: long, edges });
    const list = screen.getByRole('list', { name: 'Service map' });
    expect(within(list).getAllByText('▲')).toHaveLength(5);
    expect(node('f')).toHaveTextContent('→f1/s20 ms▲2%');
  });

  it('keeps what belongs together in sight while a node is looked at', async () => {
    show(SMALL);
    const user = userEvent.setup();
    const before = node('client').className;
    await user.hover(node('api'));
    expect(node('client').className).not.toBe(before);
    expect(node('gateway').className).toBe(before);
    await user.unhover(node('api'));
    expect(node('client').className).toBe(before);
  });

  describe('with MQTT messages', () => {
    const nodes = [mapNode('broker', 'broker'), mapNode('camera', 'devices')];
    const showMessages = (failed: number, more: Parameters<typeof messageEdge>[3] = {}) =>
      show({ ...SMALL, nodes, edges: [messageEdge('camera', 'broker', failed, more)] });

    it('says how many come, how many are of no use, and that nobody measures their time', () => {
      showMessages(3);
      expect(node('broker')).toHaveTextContent(
        'from camera: 1/s, 3% cannot be used in full, time not measured',
      );
      expect(screen.getByText('3% of the messages of camera cannot be used in full.')).toBeVisible();
      expect(screen.getByText(/messages a second; how long they take is not measured/)).toBeVisible();
    });

    it('says why there are no figures while the broker is away', () => {
      showMessages(0, { rate: null, errorRate: null, unmeasured: 'broker_away' });
      expect(node('broker')).toHaveTextContent(
        'not measured, as the exporter is not connected to the broker',
      );
      expect(screen.getByText(/MQTT messages are not measured now/)).toBeVisible();
    });

    it('says nothing of them where nobody ever measures any', () => {
      showMessages(0, { rate: null, errorRate: null });
      expect(node('broker')).toHaveTextContent('from camera: not measured');
      expect(screen.queryByText(/MQTT/)).toBeNull();
    });
  });

  it('in small has all devices together', () => {
    const devices = ['sensor', 'gateway', 'camera'].map((id) => mapNode(id, 'devices', { devices: 10 }));
    const nodes = [mapNode('broker', 'broker'), ...devices];
    const edges = devices.map(({ id }) => messageEdge(id, 'broker'));
    show({ ...SMALL, nodes, edges }, true);
    expect(node('broker')).toHaveTextContent(/^broker.*from devices: 3\/s, time not measured$/);
    expect(screen.getByText('30 devices')).toBeVisible();
    expect(screen.getByRole('link', { name: 'devices' })).toHaveAttribute(
      'href',
      expect.stringMatching(/fleet$/),
    );
  });
});
