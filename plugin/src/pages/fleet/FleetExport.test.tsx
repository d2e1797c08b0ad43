import { fakeGrafana, prometheusRoute } from '../../test-support/fakeGrafana';
import { fleetAnswers, row, type TestDevice } from '../../test-support/fleetAnswers';
import { renderApp } from '../../test-support/renderApp';
import { EventBusSrv } from '@grafana/data';
import { setAppEvents } from '@grafana/runtime';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

const DEVICES: readonly TestDevice[] = [
  { id: 'MOCK-1', status: 'online', name: 'Pump', location: 'Hall, left' },
  { id: '=1+1', status: 'error', name: '@SUM(A1)', since: 720, seen: null },
];

const telemetry = (query: string) =>
  query.includes('valtronics_device_telemetry')
    ? [row({ device_id: 'MOCK-1', metric_name: 'pressure', unit: 'hPa' }, 969)]
    : [];

let files: Blob[] = [];

/** The file that was handed to the browser, line by line, without the mark at its beginning. */
async function savedLines(): Promise<string[]> {
  await waitFor(() => expect(files).toHaveLength(1));
  const text = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.readAsText(files[0] ?? new Blob());
  });
  return text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n');
}

beforeEach(() => {
  files = [];
  const createObjectURL = (file: Blob): string => {
    files.push(file);
    return 'blob:file';
  };
  Object.assign(URL, { createObjectURL, revokeObjectURL: () => undefined });
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

describe('the CSV file', () => {
  it('has the columns and the order of the table, with nothing that a spreadsheet would run', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(DEVICES, telemetry) }));
    await renderApp('fleet');
    await userEvent.click(await screen.findByRole('button', { name: 'CSV' }));
    const [heading, first, second] = await savedLines();
    expect(heading).toBe(
      'Status,device_id,Device,Type,Location,Last seen,status_since,Time in status (s),Newest values',
    );
    expect(first).toMatch(/^error,"'=1\+1","'@SUM\(A1\)",sensor,,,\d{4}-.*Z,720,$/);
    expect(second).toMatch(
      /^online,MOCK-1,Pump,sensor,"Hall, left",\d{4}-.*Z,\d{4}-.*Z,3600,pressure 969 hPa$/,
    );
  });

  it('has only what the filters let through, and only the columns that are chosen', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(DEVICES, telemetry) }));
    await renderApp('fleet?q=pump&cols=name,type');
    await userEvent.click(await screen.findByRole('button', { name: 'CSV' }));
    expect(await savedLines()).toEqual(['device_id,Device,Type', 'MOCK-1,Pump,sensor']);
  });

  it('comes without newest values, and with a warning, when they cannot be read', async () => {
    const events = new EventBusSrv();
    const published = jest.spyOn(events, 'publish');
    setAppEvents(events);
    const healthy = prometheusRoute({ instant: fleetAnswers(DEVICES) });
    fakeGrafana((request, form) =>
      (form.get('query') ?? '').includes('telemetry')
        ? { status: 400, body: { status: 'error', error: 'too many samples' } }
        : healthy(request, form),
    );
    await renderApp('fleet');
    await userEvent.click(await screen.findByRole('button', { name: 'CSV' }));
    expect(await savedLines()).toHaveLength(3);
    expect(published).toHaveBeenCalledWith({
      type: 'alert-warning',
      payload: ['The file has no newest values', expect.stringContaining('too many samples')],
    });
  });

  it('is not offered for nothing', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(DEVICES) }));
    await renderApp('fleet?q=nothing-like-this');
    expect(await screen.findByRole('button', { name: 'CSV' })).toBeDisabled();
  });
});
