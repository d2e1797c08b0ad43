import { type DeviceKind, valueOf } from '../device-kind.ts';
import type { AlertText, Reading } from '../events.ts';
import { createWalk, round } from '../walk.ts';

const WARN_ABOVE = 35;
const CRITICAL_ABOVE = 40;

function alertRule(readings: readonly Reading[]): AlertText | undefined {
  const value = valueOf(readings, 'temperature');
  if (value === undefined || value <= WARN_ABOVE) return undefined;
  const critical = value > CRITICAL_ABOVE;
  const limit = critical ? CRITICAL_ABOVE : WARN_ABOVE;
  const word = critical ? 'critical' : 'warning';
  return {
    title: critical ? 'Critical High Temperature' : 'High Temperature Warning',
    description: `Temperature ${value.toFixed(1)}°C exceeds ${word} threshold of ${limit.toFixed(1)}°C`,
    severity: word,
    alertType: 'threshold',
    metricName: 'temperature',
    thresholdValue: limit,
  };
}

/** The mock fleet's temperature sensor. */
export const temperature: DeviceKind = {
  kind: 'mock_temperature',
  family: 'mock',
  deviceType: 'sensor',
  manufacturer: 'SensorTech Corp',
  model: 'ST-T1000',
  firmwareVersion: '2.1.3',
  name: 'Temperature Sensor',
  idPrefix: '',
  share: 15,
  interval: 30_000,
  points: 1,
  alertRule,
  createInstrument(spec, random) {
    const walk = createWalk(random, { mean: random.between(17, 26), spread: 0.6 });
    const metadata = {
      sensor_type: 'temperature',
      sensor_model: 'ST-T1000',
      calibration_offset: random.between(-0.005, 0.005),
      sensor_accuracy: 0.1,
      response_time: 2.5,
      heat_sources: 0,
      ventilation_rate: 0.5,
      location: spec.location,
    };
    return {
      measure: (drift) => [
        { metric: 'temperature', value: round(walk.step(drift * 30), 2), unit: '°C', metadata },
      ],
    };
  },
};
