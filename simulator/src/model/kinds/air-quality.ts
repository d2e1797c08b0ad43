import { type DeviceKind, valueOf } from '../device-kind.ts';
import type { AlertText, Reading } from '../events.ts';
import { createWalk, round } from '../walk.ts';

const UNHEALTHY_AQI = 150;
const VERY_UNHEALTHY_AQI = 200;
const LEVELS: readonly (readonly [number, string])[] = [
  [50, 'Good'],
  [100, 'Moderate'],
  [150, 'Unhealthy for Sensitive Groups'],
  [200, 'Unhealthy'],
  [300, 'Very Unhealthy'],
];

function levelOf(aqi: number): string {
  return LEVELS.find(([limit]) => aqi <= limit)?.[1] ?? 'Hazardous';
}

function alertRule(readings: readonly Reading[]): AlertText | undefined {
  const aqi = valueOf(readings, 'aqi');
  if (aqi === undefined || aqi < UNHEALTHY_AQI) return undefined;
  const critical = aqi >= VERY_UNHEALTHY_AQI;
  return {
    title: `Air Quality Alert - ${critical ? 'Very Unhealthy' : 'Unhealthy'}`,
    description: `AQI is ${aqi} (${levelOf(aqi)})`,
    severity: critical ? 'critical' : 'warning',
    alertType: 'threshold',
    metricName: 'aqi',
    thresholdValue: critical ? VERY_UNHEALTHY_AQI : UNHEALTHY_AQI,
  };
}

const GASES = [
  { metric: 'voc', gas: 'volatile_organic_compounds', mean: 0.18, spread: 0.02, accuracy: 0.05 },
  { metric: 'o3', gas: 'ozone', mean: 0.04, spread: 0.005, accuracy: undefined },
  { metric: 'no2', gas: 'nitrogen_dioxide', mean: 0.03, spread: 0.004, accuracy: undefined },
  { metric: 'so2', gas: 'sulfur_dioxide', mean: 0.009, spread: 0.001, accuracy: undefined },
] as const;

/** The mock fleet's air quality monitor: eleven points a minute. */
export const airQuality: DeviceKind = {
  kind: 'mock_air_quality',
  family: 'mock',
  deviceType: 'monitor',
  manufacturer: 'AirSense Corp',
  model: 'AS-AQ5000',
  firmwareVersion: '4.1.2',
  name: 'Air Quality Monitor',
  idPrefix: '',
  share: 7,
  interval: 60_000,
  points: 11,
  alertRule,
  createInstrument(_spec, random) {
    const pm25 = createWalk(random, { mean: random.between(6, 14), spread: 1, min: 0.1 });
    const pm10 = createWalk(random, { mean: random.between(12, 22), spread: 1.5, min: 0.1 });
    const co2 = createWalk(random, { mean: random.between(480, 760), spread: 25, min: 380 });
    const gases = GASES.map((gas) => ({ gas, walk: createWalk(random, { ...gas, min: 0.001 }) }));
    const factor = (): number => random.between(0.997, 1.003);
    const factors = [factor(), factor(), factor(), ...GASES.map(factor)];
    return {
      measure(drift) {
        const raw = { pm25: pm25.step(drift * 40), pm10: pm10.step(drift * 60), co2: co2.step(drift * 1100) };
        const indices = {
          pm25: Math.round(raw.pm25 * 3.5),
          pm10: Math.round(raw.pm10 * 0.9),
          co2: Math.round(Math.max(0, (raw.co2 - 350) * 0.19)),
        };
        const aqi = Math.max(indices.pm25, indices.pm10, indices.co2);
        const dominant = aqi === indices.pm25 ? 'pm25' : aqi === indices.pm10 ? 'pm10' : 'co2';
        const particles = (metric: 'pm25' | 'pm10', size: string, accuracy: number, at: number): Reading => ({
          metric,
          value: round(raw[metric], 1),
          unit: 'μg/m³',
          metadata: {
            sensor_type: 'air_quality',
            parameter: 'particulate_matter',
            size,
            accuracy,
            calibration_factor: factors[at],
          },
        });
        const index = (pollutant: 'pm25' | 'pm10' | 'co2'): Reading => ({
          metric: `${pollutant}_aqi`,
          value: indices[pollutant],
          unit: 'AQI',
          metadata: {
            sensor_type: 'air_quality',
            parameter: 'index',
            index_type: 'pollutant_aqi',
            pollutant,
            raw_value: raw[pollutant],
          },
        });
        return [
          particles('pm25', '2.5', 2.5, 0),
          particles('pm10', '10', 3.5, 1),
          {
            metric: 'co2',
            value: Math.round(raw.co2),
            unit: 'ppm',
            metadata: {
              sensor_type: 'air_quality',
              parameter: 'gas',
              gas_type: 'carbon_dioxide',
              accuracy: 20.5,
              calibration_factor: factors[2],
            },
          },
          ...gases.map(({ gas, walk }, at) => ({
            metric: gas.metric,
            value: round(walk.step(), 3),
            unit: 'ppm',
            metadata: {
              sensor_type: 'air_quality',
              parameter: 'gas',
              gas_type: gas.gas,
              ...(gas.accuracy === undefined ? {} : { accuracy: gas.accuracy }),
              calibration_factor: factors[at + 3],
            },
          })),
          {
            metric: 'aqi',
            value: aqi,
            unit: 'AQI',
            metadata: {
              sensor_type: 'air_quality',
              parameter: 'index',
              index_type: 'air_quality_index',
              calculation_method: 'epa_aqi',
              dominant_pollutant: dominant,
              aqi_level: levelOf(aqi),
            },
          },
          index('pm25'),
          index('pm10'),
          index('co2'),
        ];
      },
    };
  },
};
