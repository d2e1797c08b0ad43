import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../../test-support/alertRoutes';
import { exporterRoute, fakeGrafana, prometheusRoute } from '../../../test-support/fakeGrafana';
import { renderApp } from '../../../test-support/renderApp';
import { standStill } from '../../../test-support/standStill';

const NOW = Date.now();
standStill(NOW);
const MINUTE = 60_000;
const labels = { alertname: 'DeviceAlert', alert_type: 'leak', device_id: 'A', severity: 'warning' };
const fingerprint = fingerprintOf(labels);

const entry = (minutes: number, kind: string, title: string, more: object = {}) => ({
  ...{ at: new Date(NOW - (10 + minutes) * MINUTE).toISOString(), kind, title },
  ...{ detail: '', fingerprint: null, deviceId: null, shares: null, ...more },
});

/** Opens an alert of ten minutes ago; the store answers so when it is asked what was before. */
async function open(answer: { readonly status: number; readonly body: unknown }): Promise<void> {
  fakeGrafana(
    exporterRoute((path) => (path === `/api/v1/alerts/${fingerprint}/before` ? answer : undefined)),
    storeRoute({ current: [storedAlert('DeviceAlert', NOW - 10 * MINUTE, { labels, fingerprint })] }),
    alertmanagerRoute([], []),
    rulesRoute([]),
    prometheusRoute({ instant: () => [] }),
  );
  await renderApp(`alerts?alert=${fingerprint}`);
}

async function part(): Promise<HTMLElement> {
  const heading = await screen.findByRole('heading', { name: 'What changed before it' });
  if (heading.parentElement === null) throw new Error('the heading stands nowhere');
  return heading.parentElement;
}

afterEach(cleanup);

describe('what changed before an opened alert', () => {
  it('is listed, the last first, with what an alert has in common', async () => {
    const items = [
      entry(1, 'alert', 'threshold · pressure', { deviceId: 'B', shares: 'location', detail: 'too low' }),
      entry(2, 'deployment', 'backend 2.4.1'),
      entry(3, 'broker', 'mqtt fails', { detail: 'ECONNREFUSED' }),
      entry(4, 'something-new', 'of a later exporter'),
    ];
    await open({ status: 200, body: { items } });
    const rows = await within(await part()).findAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining('alert at the same location threshold · pressure · B: too low'),
      expect.stringContaining('deployment backend 2.4.1'),
      expect.stringContaining('broker mqtt fails: ECONNREFUSED'),
      expect.stringContaining('something-new of a later exporter'),
    ]);
  });

  it('says that nothing is known', async () => {
    await open({ status: 200, body: { items: [] } });
    expect(await within(await part()).findByText(/^Nothing that the exporter knows of/)).toBeVisible();
  });

  it('says why it cannot be told', async () => {
    await open({ status: 503, body: { error: { code: 'unavailable', message: 'the disk is full' } } });
    expect(await within(await part()).findByRole('alert')).toBeVisible();
  });
});
