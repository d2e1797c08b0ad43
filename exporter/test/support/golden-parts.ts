import {
  DEVICE_INFO,
  DEVICE_LAST_SEEN,
  DEVICE_TELEMETRY,
  DEVICES,
  DEVICES_TOTAL,
} from '../../src/metrics/catalogue/devices.ts';
import {
  ALERTS,
  API_PROBE_DURATION,
  DATABASE_CONNECTIONS,
  HEALTH_SCORE,
} from '../../src/metrics/catalogue/platform.ts';
import type { FamilySnapshot } from '../../src/metrics/family.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import type { ExpositionParts } from '../../src/metrics/scrape.ts';
import { createSeriesStore } from '../../src/metrics/series-store.ts';

/** The family with exemplars of one moment. */
function atOneTime(family: FamilySnapshot): FamilySnapshot {
  const samples = family.samples.map((sample) => {
    const { exemplar } = sample;
    return exemplar === undefined
      ? sample
      : { ...sample, exemplar: { ...exemplar, timestamp: 1_763_862_912.3456 } };
  });
  return { ...family, samples };
}

/** Families of every type and both kinds of storage, with texts and values that are hard to write. */
export async function goldenParts(): Promise<ExpositionParts> {
  const metrics = createMetrics({ defaultMetrics: false });
  const byStatus = [
    { labels: { status: 'online' }, value: 48 },
    { labels: { status: 'offline' }, value: 0 },
  ];
  metrics.publish(DEVICES_TOTAL, byStatus);
  metrics.publish(DEVICES, byStatus);
  metrics.publish(HEALTH_SCORE, [{ labels: { component: 'overall' }, value: 99.5 }]);
  metrics.publish(DATABASE_CONNECTIONS, [
    { labels: { state: 'used' }, value: 1e21 },
    { labels: { state: 'idle' }, value: -Infinity },
    { labels: { state: 'max' }, value: Infinity },
  ]);
  metrics.counter(ALERTS, { severity: 'critical', alert_type: 'a "quoted"\\path\nand line' }).inc(3);
  metrics.counter(ALERTS, { severity: 'ungewöhnlich', alert_type: '\u202Eعكس 🌡️' });
  const probe = metrics.histogram(API_PROBE_DURATION, { endpoint: '/api/v1/devices/{device_id}' });
  for (const seconds of [0.1, 0.1000001, 0.75, 51]) probe.observe(seconds);
  const spanId = '00f067aa0ba902b7';
  probe.exemplar(0.1, { traceId: '0af7651916cd43dd8448eb211c80319c', spanId });
  for (const traceId of ['4bf92f3577b34da6a3ce929d0e0e4736', '9c5d4ea3f2a8b7e16c0d8f1a2b3c4d5e'])
    probe.exemplar(51, { traceId, spanId });

  const info = createSeriesStore(DEVICE_INFO);
  const identity = {
    manufacturer: 'Müller & "Söhne"',
    model: 'C:\\VT',
    firmware_version: '',
    location: 'Hall\n2',
  };
  info.set(info.add({ device_id: 'MOCK-1000', name: 'Boiler', device_type: 'sensor', ...identity }), 1);
  const lastSeen = createSeriesStore(DEVICE_LAST_SEEN);
  lastSeen.set(lastSeen.add({ device_id: 'MOCK-1000' }), 1_763_862_912.345);
  const telemetry = createSeriesStore(DEVICE_TELEMETRY);
  for (const value of [21.5, -0, -273.15, 1e-7, 2 ** 53, 0.1 + 0.2, NaN]) {
    telemetry.set(
      telemetry.add({ device_id: 'MOCK-1000', metric_name: `m${telemetry.size}`, unit: '°C' }),
      value,
    );
  }
  const unset = createSeriesStore({ ...DEVICE_LAST_SEEN, name: 'valtronics_device_never_shown' });
  unset.add({ device_id: 'MOCK-1000' });
  return { families: (await metrics.snapshot()).map(atOneTime), stores: [info, lastSeen, unset, telemetry] };
}
