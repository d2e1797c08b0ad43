import { type DeviceKind, valueOf } from '../device-kind.ts';
import type { AlertText, Reading } from '../events.ts';
import { createWalk, round } from '../walk.ts';

const WARN_BELOW = 980;
const CRITICAL_BELOW = 950;

function alertRule(readings: readonly Reading[]): AlertText | undefined {
  const value = valueOf(readings, 'pressure');
  if (value === undefined || value >= WARN_BELOW) return undefined;
  const critical = value < CRITICAL_BELOW;
  const limit = critical ? CRITICAL_BELOW : WARN_BELOW;
  const word = critical ? 'critical' : 'warning';
  return {
    title: critical ? 'Critical Low Pressure' : 'Low Pressure Warning',
    description: `Pressure ${value.toFixed(1)} hPa below ${word} threshold of ${limit.toFixed(1)} hPa`,
    severity: word,
    alertType: 'threshold',
    metricName: 'pressure',
    thresholdValue: limit,
  };
}

/** The mock fleet's barometer; the trend appears with the second sample. */
export const pressure: DeviceKind = {
  kind: 'mock_pressure',
  family: 'mock',
  deviceType: 'sensor',
  manufacturer: 'BaroMetrics Corp',
  model: 'BM-P3000',
  firmwareVersion: '3.2.1',
  name: 'Pressure Sensor',
  idPrefix: '',
  share: 8,
  interval: 30_000,
  points: 3,
  alertRule,
  createInstrument(spec, random) {
    const altitude = random.between(20, 120);
    const walk = createWalk(random, { mean: random.between(1004, 1018), spread: 0.8 });
    const calibrationOffset = random.between(-0.005, 0.005);
    let previous: number | undefined;
    let samples = 0;
    return {
      measure(drift) {
        const value = round(walk.step(drift * -62), 1);
        samples += 1;
        const readings: Reading[] = [
          {
            metric: 'pressure',
            value,
            unit: 'hPa',
            metadata: {
              sensor_type: 'pressure',
              sensor_model: 'BM-P3000',
              calibration_offset: calibrationOffset,
              sensor_accuracy: 0.5,
              altitude,
              altitude_coefficient: 0.12,
              weather_trend: previous === undefined ? 0.001 : (value - previous) / 1000,
              location: spec.location,
            },
          },
          {
            metric: 'sea_level_pressure',
            value: round(value + altitude * 0.12, 1),
            unit: 'hPa',
            metadata: {
              sensor_type: 'pressure',
              calculation_method: 'altitude_compensation',
              input_pressure: value,
              altitude,
              temperature: 15,
            },
          },
        ];
        if (previous !== undefined) {
          readings.push({
            metric: 'pressure_trend',
            value: round((value - previous) * 2, 3),
            unit: 'hPa/min',
            metadata: {
              sensor_type: 'pressure',
              calculation_method: 'linear_regression',
              data_points: Math.min(samples, 10),
            },
          });
        }
        previous = value;
        return readings;
      },
    };
  },
};
