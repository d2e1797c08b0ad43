import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { decision, T0 } from '../../../test/support/alerts.ts';
import {
  deviceAlertsFixture,
  type DeviceAlertsFixture,
  MINUTE,
} from '../../../test/support/device-alerts.ts';
import { deviceView } from '../../../test/support/http.ts';
import type { DeviceView } from '../../fleet/fleet.ts';

describeStores((stores) => {
  let alerts: DeviceAlertsFixture;
  beforeEach(() => {
    alerts = deviceAlertsFixture(stores);
  });
  afterEach(() => alerts.close());

  describe('alerts that devices raise', () => {
    it('are one row a device and type, with what was said, counted when they are repeated', async () => {
      await alerts.send({ metricName: 'humidity', value: '12' });
      alerts.clock.advance(1000);
      await alerts.send({ metricName: 'humidity', value: '11', message: 'drier' });
      await alerts.send({ deviceId: 'B' });
      await alerts.send({ alertType: 'other' });
      alerts.clock.advance(MINUTE);
      await alerts.look();
      expect((await alerts.rows()).sort()).toEqual([
        'A other critical active 1',
        'A system critical active 2',
        'B system critical active 1',
      ]);
      expect(alerts.changes).toEqual([
        ['raised', 'A system'],
        ['raised', 'B system'],
        ['raised', 'A other'],
      ]);
      const [first] = (await alerts.store().openAlerts('device')).filter(({ count }) => count === 2);
      expect(first).toMatchObject({
        ...{ name: 'DeviceAlert', message: 'drier', startsAt: T0, lastSeen: T0 + 1000 + MINUTE },
        labels: { device_id: 'A', alert_type: 'system', metric_name: 'humidity' },
        annotations: { value: '11', summary: 'drier' },
      });
      expect(await alerts.counted('valtronics_device_alerts_total')).toEqual({
        'critical system': 3,
        'critical other': 1,
      });
    });

    it('keep the word for the severity as found, and one meaning is one row', async () => {
      await alerts.send({ severity: 'WARN' });
      await alerts.send({ severity: 'warning' });
      expect(await alerts.rows()).toEqual(['A system warning active 1']);
      expect(await alerts.store().openAlerts('device')).toMatchObject([
        { severity: 'warning', annotations: { severity_found: 'WARN' } },
      ]);
      await alerts.send({ severity: 'critical' });
      expect(await alerts.rows()).toEqual(['A system critical active 1', 'A system warning resolved 1']);
    });

    it('mean the registered device by its bare number, and not those that are not watched', async () => {
      await alerts.send({ deviceId: '1000' });
      await alerts.send({ deviceId: 'NOT-MINE' });
      expect(await alerts.rows()).toEqual(['MOCK-1000 system critical active 1']);
    });

    it('end by the device’s own word, all of them when it names none', async () => {
      for (const alertType of ['a', 'b', 'c']) await alerts.send({ alertType });
      await alerts.send({ alertType: 'b', ends: true });
      expect((await alerts.rows()).filter((row) => row.includes('active'))).toHaveLength(2);
      await alerts.send({ alertType: 'unheard-of', ends: true });
      expect((await alerts.rows()).filter((row) => row.includes('active'))).toHaveLength(2);
      await alerts.send({ alertType: undefined, ends: true });
      expect((await alerts.rows()).filter((row) => row.includes('active'))).toEqual([]);
    });

    it('end when the device states that it is online after trouble, and not while it was never in any', async () => {
      alerts.tracker().status('A', 'online', alerts.clock.wall());
      await alerts.send();
      alerts.tracker().status('A', 'Online', alerts.clock.wall());
      await alerts.tracker().flush();
      expect(await alerts.rows()).toEqual(['A system critical active 1']);
      for (const word of ['error', 'maintenance', 'online'])
        alerts.tracker().status('A', word, alerts.clock.wall());
      await alerts.tracker().flush();
      expect(await alerts.rows()).toEqual(['A system critical resolved 1']);
    });

    it('end when the fleet knows by others that the device is online again, if it did not repeat them since', async () => {
      const device = (status: DeviceView['status'], since: number): void => {
        alerts.devices = [deviceView({ deviceId: 'A', status, statusSince: new Date(since).toISOString() })];
      };
      await alerts.send();
      device('online', T0 - MINUTE);
      await alerts.look();
      device('offline', alerts.clock.wall());
      await alerts.look();
      alerts.clock.advance(MINUTE);
      device('online', alerts.clock.wall());
      alerts.clock.advance(1000);
      await alerts.send({ alertType: 'later' });
      await alerts.look();
      expect(await alerts.rows()).toEqual(['A later critical active 1', 'A system critical resolved 1']);
    });

    it('end when an earlier run saw the trouble and this one sees the end', async () => {
      await alerts.send();
      alerts.clock.advance(MINUTE);
      await alerts.restart();
      alerts.devices = [
        deviceView({ deviceId: 'A', status: 'online', statusSince: new Date(T0 - 1).toISOString() }),
      ];
      await alerts.look();
      expect(await alerts.rows()).toEqual(['A system critical active 1']);
      alerts.clock.advance(MINUTE);
      alerts.devices = [
        deviceView({
          deviceId: 'A',
          status: 'online',
          statusSince: new Date(alerts.clock.wall()).toISOString(),
        }),
      ];
      await alerts.look();
      expect(await alerts.rows()).toEqual(['A system critical resolved 1']);
    });

    it('end when they are not repeated for too long, also over a restart, whatever the clock does', async () => {
      await alerts.send();
      alerts.clock.advance(50 * MINUTE);
      await alerts.send();
      await alerts.look();
      alerts.clock.step(-120 * MINUTE);
      alerts.clock.advance(50 * MINUTE);
      await alerts.look();
      expect(await alerts.rows()).toEqual(['A system critical active 2']);
      alerts.clock.step(120 * MINUTE);
      await alerts.restart();
      await alerts.look();
      expect(await alerts.rows()).toEqual(['A system critical active 2']);
      alerts.clock.advance(11 * MINUTE);
      await alerts.look();
      expect(await alerts.rows()).toEqual(['A system critical resolved 2']);
      expect(await alerts.store().audit(alerts.store().fingerprint({}), 1)).toEqual([]);
    });

    it('that the broker sends again change nothing, by the device’s own time', async () => {
      const writtenAt = alerts.clock.wall();
      await alerts.send({ writtenAt });
      await alerts.send({ writtenAt, repeated: true });
      alerts.clock.advance(1000);
      const end = alerts.clock.wall();
      await alerts.send({ ends: true, writtenAt: end });
      for (let run = 0; run < 2; run += 1) {
        await alerts.send({ writtenAt, repeated: true });
        await alerts.send({ ends: true, writtenAt: end, repeated: true });
        await alerts.restart();
      }
      expect(await alerts.rows()).toEqual(['A system critical resolved 1']);
      // An end that comes late ends no later alert; what was never heard is taken although it was sent before.
      alerts.clock.advance(1000);
      await alerts.send({ writtenAt: alerts.clock.wall(), repeated: true });
      await alerts.send({ ends: true, writtenAt: end, repeated: true });
      expect(await alerts.rows()).toEqual(['A system critical active 1', 'A system critical resolved 1']);
      expect(await alerts.counted('valtronics_device_alerts_total')).toEqual({ 'critical system': 1 });
    });

    it('that a device whose clock was set back raises are taken', async () => {
      await alerts.send();
      await alerts.send({ ends: true });
      await alerts.send({ writtenAt: T0 - 60 * MINUTE });
      expect((await alerts.rows())[0]).toBe('A system critical active 1');
    });

    it('that the broker has kept are taken once, when their time says that they are not too old', async () => {
      await alerts.send({ retained: true, writtenAt: null });
      await alerts.send({ retained: true, writtenAt: T0 - 61 * MINUTE });
      expect(await alerts.rows()).toEqual([]);
      for (let connection = 0; connection < 3; connection += 1)
        await alerts.send({ retained: true, writtenAt: T0 - 10 * MINUTE });
      expect(await alerts.rows()).toEqual(['A system critical active 1']);
      await alerts.send({ retained: true, writtenAt: T0 - 5 * MINUTE, ends: true });
      await alerts.send({ retained: true, writtenAt: T0 - 10 * MINUTE });
      expect(await alerts.rows()).toEqual(['A system critical resolved 1']);
      expect(await alerts.counted('valtronics_device_alerts_total')).toEqual({});
    });

    it('come back as another row when somebody resolved them and the device says them again', async () => {
      await alerts.send();
      const [alert] = await alerts.store().openAlerts('device');
      await alerts.store().resolve(alert?.fingerprint ?? '', decision(alerts.clock.wall(), 'done'));
      await alerts.send();
      expect(await alerts.rows()).toEqual(['A system critical active 1', 'A system critical resolved 1']);
    });
  });
});
