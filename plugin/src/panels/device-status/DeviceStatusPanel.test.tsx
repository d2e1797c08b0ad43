import '../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { describe, expect, it } from '@jest/globals';
import {
  type DataFrame,
  EventBusSrv,
  getDisplayProcessor,
  LoadingState,
  type PanelData,
  type PanelProps,
} from '@grafana/data';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readTimeRange } from '../../kit/time/timeRange';
import { table, theme } from './data/frames.fixture';
import { DeviceStatusPanel } from './DeviceStatusPanel';
import { defaultOptions, type DeviceStatusOptions } from './options/options';

// Nothing is drawn here: what the picture looks like is seen in Chromium.
HTMLCanvasElement.prototype.getContext = () => null;

const timeRange = readTimeRange(null, null);
const fleet = table({ device_id: ['A', 'B'], status: ['error', 'online'] });
for (const field of fleet.fields) field.display = getDisplayProcessor({ field, theme });

function panel(
  state: LoadingState,
  series: DataFrame[] = [],
  {
    width = 800,
    height = 400,
    message,
    ...options
  }: Partial<DeviceStatusOptions> & { width?: number; height?: number; message?: string } = {},
) {
  const data: PanelData = {
    ...{ state, series, timeRange },
    ...(message === undefined ? {} : { errors: [{ message }] }),
  };
  const props: PanelProps<DeviceStatusOptions> = {
    id: 1,
    data,
    timeRange,
    timeZone: 'utc',
    options: { ...defaultOptions, ...options },
    transparent: false,
    width,
    height,
    fieldConfig: { defaults: {}, overrides: [] },
    renderCounter: 0,
    title: 'Devices',
    eventBus: new EventBusSrv(),
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    replaceVariables: (text) => text,
    onChangeTimeRange: () => undefined,
  };
  return <DeviceStatusPanel {...props} />;
}

const message = () => screen.getByRole('status');
const devices = () => screen.queryByRole('listbox', { name: 'Devices' });

describe('without devices', () => {
  it.each([LoadingState.Loading, LoadingState.NotStarted])('%s: says that it waits', (state) => {
    render(panel(state));
    expect(message()).toHaveTextContent('Asking for devices…');
    expect(devices()).toBeNull();
  });

  it('says what a query must return', () => {
    render(panel(LoadingState.Done));
    expect(message()).toHaveTextContent(/No devices.*One row or series per device/);
  });

  it('says why the query failed', () => {
    render(panel(LoadingState.Error, [], { message: 'connection refused' }));
    expect(message()).toHaveTextContent(/could not be asked for.*connection refused/);
  });

  it('says that it failed when nobody says why', () => {
    render(panel(LoadingState.Error));
    expect(message()).toHaveTextContent('The query failed.');
  });

  it('keeps to the title where there is little room', () => {
    render(panel(LoadingState.Done, [], { height: 60 }));
    expect(message()).toHaveTextContent(/^No devices$/);
  });
});

describe('with devices', () => {
  it('has them in a list, with search and legend', () => {
    render(panel(LoadingState.Done, [fleet]));
    expect(devices()).toBeInTheDocument();
    expect(screen.getByLabelText('Find devices')).toBeInTheDocument();
    expect(screen.getByRole('group', { name: 'Devices by status' })).toHaveTextContent(/error.*online/);
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it.each([
    ['a low panel', { height: 100 }],
    ['options that leave both out', { showSearch: false, showLegend: false }],
  ])('has neither in %s', (_, options) => {
    render(panel(LoadingState.Done, [fleet], options));
    expect(devices()).toBeInTheDocument();
    expect(screen.queryByLabelText('Find devices')).not.toBeInTheDocument();
    expect(screen.queryByRole('group', { name: 'Devices by status' })).not.toBeInTheDocument();
  });

  it('keeps them while the next answer is awaited', () => {
    render(panel(LoadingState.Loading, [fleet]));
    expect(devices()).toBeInTheDocument();
    expect(screen.queryByText('Asking for devices…')).not.toBeInTheDocument();
  });

  it('keeps them when a later query fails, and says so', () => {
    render(panel(LoadingState.Error, [fleet], { message: 'timeout' }));
    expect(devices()).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('timeout');
  });

  it('shows what it is filtered by though nothing is left of it, and lets go of it', async () => {
    const well = table({ device_id: ['A', 'B'], status: ['online', 'online'] });
    for (const field of well.fields) field.display = getDisplayProcessor({ field, theme });
    const { rerender } = render(panel(LoadingState.Done, [fleet]));
    await userEvent.click(screen.getByRole('button', { name: /error/ }));
    rerender(panel(LoadingState.Done, [well]));
    expect(await screen.findByText('No device matches')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /error/, pressed: true })).toHaveTextContent('error0');
    await userEvent.click(screen.getByText('Show all devices'));
    expect(await screen.findByRole('listbox', { name: 'Devices' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /error/ })).not.toBeInTheDocument();
  });

  it('says signs and numbers where there is room for nothing else', () => {
    render(panel(LoadingState.Done, [fleet], { width: 100, height: 60 }));
    const legend = screen.getByRole('group', { name: 'Devices by status' });
    expect(legend).toHaveTextContent(/^error1online1$/);
    expect(screen.queryByLabelText('Find devices')).not.toBeInTheDocument();
  });

  it('says that none matches what is searched for', async () => {
    render(panel(LoadingState.Done, [fleet]));
    await userEvent.type(screen.getByLabelText('Find devices'), 'nobody');
    expect(await screen.findByText('No device matches')).toBeInTheDocument();
    expect(devices()).toBeNull();
  });
});
