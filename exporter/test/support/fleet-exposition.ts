import {
  DEVICE_INFO,
  DEVICE_LAST_SEEN,
  DEVICE_STATUS,
  DEVICES,
} from '../../src/metrics/catalogue/devices.ts';
import type { ExpositionParts } from '../../src/metrics/scrape.ts';
import { createSeriesStore } from '../../src/metrics/series-store.ts';

/** What a fleet exposes for rules: that many devices, the first of which have been silent since `silentSince` (seconds). */
export function fleetExposition(
  devices: number,
  {
    silent,
    silentSince,
    now,
  }: { readonly silent: number; readonly silentSince: number; readonly now: number },
): ExpositionParts {
  const info = createSeriesStore(DEVICE_INFO);
  const lastSeen = createSeriesStore(DEVICE_LAST_SEEN);
  const status = createSeriesStore(DEVICE_STATUS);
  for (let index = 0; index < devices; index += 1) {
    const id = `valtronics-device-${String(index).padStart(6, '0')}`;
    const words = {
      device_type: 'environmental_sensor',
      location: `Hall ${index % 50}`,
      manufacturer: 'Acme',
      model: 'X1',
    };
    info.set(info.add({ device_id: id, name: `Sensor ${index}`, firmware_version: '1.2.3', ...words }), 1);
    const isSilent = index < silent;
    lastSeen.set(lastSeen.add({ device_id: id }), isSilent ? silentSince - index : now - 5);
    status.set(status.add({ device_id: id, device_type: words.device_type }), isSilent ? 4 : 1);
  }
  const counts = { online: devices - silent, offline: silent };
  const { name, type, help } = DEVICES;
  return {
    families: [
      {
        ...{ name, type, help },
        samples: Object.entries(counts).map(([word, value]) => ({ labels: { status: word }, value })),
      },
    ],
    stores: [info, lastSeen, status],
  };
}
