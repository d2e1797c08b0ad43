import { BAD_GATEWAY, fakeGrafana, prometheusFails, prometheusRoute } from '../../test-support/fakeGrafana';
import { row } from '../../test-support/fleetAnswers';
import { address, renderApp } from '../../test-support/renderApp';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

/** Points of ten seconds in an hour: 360. */
const RANGE = 'from=1767225600000&to=1767229200000';

interface TestDevice {
  readonly id: string;
  readonly info?: object;
  readonly available: number;
  readonly trouble: number;
  readonly changes: number;
  readonly last: 0 | 1;
}

const PUMP = { name: 'Pump', device_type: 'sensor', location: 'Hall' };

const FLEET: readonly TestDevice[] = [
  { id: 'MOCK-1', info: PUMP, available: 360, trouble: 0, changes: 0, last: 0 },
  { id: 'MOCK-2', info: PUMP, available: 300, trouble: 60, changes: 4, last: 0 },
  { id: '<img src=x>', available: 180, trouble: 180, changes: 1, last: 1 },
];

/** Prometheus with the devices; which query is asked is told by what only that has. */
function answers(devices: readonly TestDevice[]) {
  return (query: string) => {
    if (query.startsWith('max_over_time(count')) return devices.length === 0 ? [] : [row({}, devices.length)];
    const rows = (read: (device: TestDevice) => number) =>
      devices.map((device) => row({ device_id: device.id }, read(device)));
    if (query.startsWith('changes')) return rows(({ changes }) => changes);
    if (query.includes('bool')) return rows(({ last }) => last);
    if (query.includes('- 1.5')) return rows(({ available }) => available);
    if (query.includes('- 3.5'))
      return rows(({ trouble }) => trouble).filter(({ value }) => value[1] !== '0');
    return devices.flatMap(({ id, info }) =>
      info === undefined ? [] : [row({ device_id: id, ...info }, 1)],
    );
  };
}

const show = async (path: string, devices = FLEET): Promise<void> => {
  fakeGrafana(prometheusRoute({ instant: answers(devices), range: () => [] }));
  await renderApp(path);
};

const cells = (line: HTMLElement): string[] =>
  within(line)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);

afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

describe('the report of the fleet', () => {
  it('says how available it was, and which devices were in trouble most, the worst first', async () => {
    await show(`report?${RANGE}`);
    const worst = await screen.findByRole('table', { name: 'Most in trouble' });
    const [, first, second, ...none] = within(worst).getAllByRole('row');
    expect(none).toHaveLength(0);
    expect(first && cells(first)).toEqual([
      '<img src=x>',
      '(none)',
      '(none)',
      '50%',
      '30 min',
      '1',
      '30 min',
    ]);
    expect(second && cells(second)).toEqual([
      'MOCK-2Pump',
      'sensor',
      'Hall',
      '83.33%',
      '10 min',
      '2',
      '5 min',
    ]);
    // 840 of 1,080 points.
    expect(screen.getByText('77.78%')).toBeInTheDocument();
    expect(screen.getByText('3 · 2')).toBeInTheDocument();
    expect(screen.getByText(/looked at every 10 s/)).toBeInTheDocument();
  });

  it('sums it up by type and by place', async () => {
    await show(`report?${RANGE}`);
    const types = await screen.findByRole('table', { name: 'By type' });
    const [, none, sensors] = within(types).getAllByRole('row');
    expect(none && cells(none)).toEqual(['(none)', '1', '50%', '30 min', '1', '30 min']);
    expect(sensors && cells(sensors)).toEqual(['sensor', '2', '91.67%', '10 min', '2', '5 min']);
    expect(screen.getByRole('table', { name: 'By location' })).toBeInTheDocument();
  });

  it('never writes a share that is not whole as a whole one', async () => {
    await show(`report?${RANGE}`, [
      { id: 'A', info: PUMP, available: 999_999, trouble: 1, changes: 2, last: 0 },
    ]);
    expect(await screen.findAllByText('99.99%')).not.toHaveLength(0);
    expect(screen.queryByText('100%')).not.toBeInTheDocument();
  });

  it('says so where no device was in trouble', async () => {
    await show(`report?${RANGE}`, FLEET.slice(0, 1));
    expect(await screen.findByText('No device was in error or offline in this range.')).toBeInTheDocument();
  });

  it('is of the last week when the address says nothing, and is printed by its button', async () => {
    const print = jest.spyOn(window, 'print').mockImplementation(() => undefined);
    await show('report');
    await screen.findByRole('table', { name: 'By type' });
    expect(screen.getByText(/looked at every 1 min/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledTimes(1);
  });

  it('says why it is empty, and who does not answer', async () => {
    await show(`report?${RANGE}`, []);
    expect(await screen.findByText('No status was recorded in this range')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'CSV' })).toBeDisabled();
    cleanup();
    fakeGrafana(prometheusFails(BAD_GATEWAY));
    await renderApp(`report?${RANGE}`);
    expect(await screen.findByRole('alert')).toHaveTextContent('Prometheus');
  });
});

describe('the report of a device', () => {
  const series = {
    metric: { device_id: 'MOCK-2' },
    values: [1, 3, 3, 1, 4].map((code, index): [number, string] => [
      1_767_225_600 + index * 60,
      String(code),
    ]),
  };

  it('lists its troubles, the newest first', async () => {
    fakeGrafana(prometheusRoute({ instant: answers(FLEET.slice(1, 2)), range: () => [series] }));
    await renderApp(`report?device=MOCK-2&${RANGE}`);
    const table = await screen.findByRole('table', { name: 'Troubles, the newest first' });
    const [, newest, oldest] = within(table).getAllByRole('row');
    expect(newest && cells(newest).slice(1)).toEqual(['goes on', '0 s', '✕offline '.replace('✕', '○')]);
    expect(oldest && cells(oldest).slice(2)).toEqual(['2 min', '✕error ']);
  });

  it('is reached from the page of the device and by its id', async () => {
    await show(`report?${RANGE}`);
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Device id' }), 'MOCK-2');
    expect(await screen.findByText(/^MOCK-2/, { selector: 'h2 bdi' })).toBeInTheDocument();
    expect(address()).toContain('device=MOCK-2');
  });
});
