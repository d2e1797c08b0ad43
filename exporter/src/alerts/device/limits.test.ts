import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { T0 } from '../../../test/support/alerts.ts';
import {
  deviceAlertsFixture,
  type DeviceAlertsFixture,
  deviceMessage,
  MINUTE,
} from '../../../test/support/device-alerts.ts';
import { StoreError } from '../../state/sqlite/errors.ts';

describeStores((stores) => {
  let alerts: DeviceAlertsFixture;
  beforeEach(() => {
    alerts = deviceAlertsFixture(stores);
  });
  afterEach(() => alerts.close());

  describe('alerts that devices raise', () => {
    it('of a device that floods are dropped and counted; others and repeated ones are not', async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        await alerts.send({ alertType: 'toggle' });
        await alerts.send({ alertType: 'toggle', ends: true });
      }
      for (let turn = 0; turn < 20; turn += 1) await alerts.send({ deviceId: 'B' });
      expect(alerts.changes.filter(([action]) => action === 'raised')).toHaveLength(6);
      expect(await alerts.counted('valtronics_device_alerts_dropped_total')).toEqual({ flood: 15 });
      expect(alerts.logger.lines).toHaveLength(1);
      alerts.clock.advance(MINUTE);
      for (const alertType of ['a', 'b', 'c', 'd', 'e']) await alerts.send({ alertType });
      expect(
        (await alerts.store().openAlerts('device')).filter(({ labels }) => labels['device_id'] === 'A'),
      ).toHaveLength(3);
      expect(await alerts.counted('valtronics_device_alerts_dropped_total')).toEqual({ flood: 15, types: 2 });
      await alerts.look();
      expect(
        (await alerts.store().openAlerts('device')).find(({ labels }) => labels['device_id'] === 'B')?.count,
      ).toBe(20);
    });

    it('more than the store takes are counted, and it goes on when there is room', async () => {
      for (let device = 0; device < 60; device += 1) await alerts.send({ deviceId: `D${device}` });
      expect(await alerts.store().openAlerts('device')).toHaveLength(50);
      expect(await alerts.counted('valtronics_device_alerts_dropped_total')).toEqual({ store: 10 });
      await alerts.send({ deviceId: 'D1', ends: true });
      await alerts.send({ deviceId: 'D59' });
      expect((await alerts.store().openAlerts('device')).map(({ labels }) => labels['device_id'])).toContain(
        'D59',
      );
    });

    it('that arrive together are one transaction', async () => {
      for (let device = 0; device < 40; device += 1)
        alerts.tracker().take(deviceMessage(T0, { deviceId: `D${device}` }), T0);
      expect(await alerts.store().openAlerts('device')).toEqual([]);
      await alerts.tracker().flush();
      expect(await alerts.store().openAlerts('device')).toHaveLength(40);
    });

    it('wait while the store cannot be written, in their order, and are stored once', async () => {
      alerts.failure = new StoreError('the disk is full');
      for (const message of [{}, {}, { alertType: 'b' }, { alertType: 'b', ends: true }])
        await alerts.send(message);
      expect(alerts.logger.lines).toHaveLength(1);
      alerts.failure = undefined;
      await alerts.look();
      alerts.clock.advance(MINUTE);
      await alerts.look();
      expect(await alerts.rows()).toEqual(['A b critical resolved 1', 'A system critical active 2']);
      expect(await alerts.counted('valtronics_device_alerts_total')).toEqual({
        'critical system': 2,
        'critical b': 1,
      });
    });
  });
});
