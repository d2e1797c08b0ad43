import { type DeviceKind, valueOf } from '../device-kind.ts';
import type { AlertText, Reading } from '../events.ts';
import { createWalk, round } from '../walk.ts';

const WARN_ABOVE = 70;
const CRITICAL_ABOVE = 80;

/** Dew point in °C by the Magnus formula, from relative humidity (percent) and air temperature (°C). */
export function dewPoint(humidity: number, airTemperature: number): number {
  const gamma = (17.27 * airTemperature) / (237.7 + airTemperature) + Math.log(humidity / 100);
  return (237.7 * gamma) / (17.27 - gamma);
}

function alertRule(readings: readonly Reading[]): AlertText | undefined {
  const value = valueOf(readings, 'humidity');
  if (value === undefined || value <= WARN_ABOVE) return undefined;
  const critical = value > CRITICAL_ABOVE;
  const limit = critical ? CRITICAL_ABOVE : WARN_ABOVE;
  const word = critical ? 'critical' : 'warning';
  return {
    title: critical ? 'Critical High Humidity' : 'High Humidity Warning',
    description: `Humidity ${value.toFixed(1)}% exceeds ${word} threshold of ${limit.toFixed(1)}%`,
    severity: word,
    alertType: 'threshold',
    metricName: 'humidity',
    thresholdValue: limit,
  };
}

/** The mock fleet's humidity sensor. */
export const humidity: DeviceKind = {
  kind: 'mock_humidity',
  family: 'mock',
  deviceType: 'sensor',
  manufacturer: 'HumidiSense Corp',
  model: 'HS-H2000',
  firmwareVersion: '1.8.2',
  name: 'Humidity Sensor',
  idPrefix: '',
  share: 10,
  interval: 30_000,
  points: 2,
  alertRule,
  createInstrument(spec, random) {
    const walk = createWalk(random, { mean: random.between(40, 55), spread: 1.5, min: 5, max: 99 });
    const humidityMetadata = {
      sensor_type: 'humidity',
      sensor_model: 'HS-H2000',
      calibration_offset: random.between(-0.005, 0.005),
      sensor_accuracy: 2.5,
      temperature_coupling: 0.7,
      air_circulation: 0.5,
      location: spec.location,
    };
    return {
      measure(drift) {
        const value = round(walk.step(drift * 48), 1);
        return [
          { metric: 'humidity', value, unit: '%', metadata: humidityMetadata },
          {
            metric: 'dew_point',
            value: round(dewPoint(value, 22), 1),
            unit: '°C',
            metadata: {
              sensor_type: 'humidity',
              calculation_method: 'magnus',
              input_humidity: value,
              input_temperature: 22,
            },
          },
        ];
      },
    };
  },
};
