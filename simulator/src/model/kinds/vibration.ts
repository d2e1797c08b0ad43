import { type DeviceKind, valueOf } from '../device-kind.ts';
import type { AlertText, Reading } from '../events.ts';
import { createWalk, round } from '../walk.ts';

const WARN_RMS = 0.5;
const CRITICAL_RMS = 1;
/** Below this severity the platform's fleet does not report a fault. */
const FAULT_REPORTED = 0.1;
const FAULTS = ['bearing_fault', 'misalignment', 'unbalance', 'looseness', 'gear_fault'] as const;
const SPEED = 1800;

function alertRule(readings: readonly Reading[]): AlertText | undefined {
  const rms = valueOf(readings, 'vibration_rms');
  if (rms === undefined || rms <= WARN_RMS) return undefined;
  const critical = rms > CRITICAL_RMS;
  const limit = critical ? CRITICAL_RMS : WARN_RMS;
  const word = critical ? 'critical' : 'warning';
  return {
    title: critical ? 'Critical Vibration Level' : 'High Vibration Warning',
    description: `Vibration RMS ${rms.toFixed(3)} mm/s exceeds ${word} threshold of ${limit.toFixed(1)} mm/s`,
    severity: word,
    alertType: 'threshold',
    metricName: 'vibration_rms',
    thresholdValue: limit,
  };
}

function statusOf(health: number): string {
  if (health >= 80) return 'good';
  return health >= 50 ? 'fair' : 'poor';
}

/** The mock fleet's vibration sensor: eleven points every ten seconds, faults only while there are any. */
export const vibration: DeviceKind = {
  kind: 'mock_vibration',
  family: 'mock',
  deviceType: 'monitor',
  manufacturer: 'VibraTech Corp',
  model: 'VT-V5000',
  firmwareVersion: '2.3.1',
  name: 'Vibration Sensor',
  idPrefix: '',
  share: 10,
  interval: 10_000,
  points: 11,
  alertRule,
  createInstrument(spec, random) {
    const rmsWalk = createWalk(random, { mean: random.between(0.1, 0.18), spread: 0.012, min: 0.01 });
    const crestWalk = createWalk(random, { mean: 1.8, spread: 0.12, min: 1.2 });
    const temperatureWalk = createWalk(random, { mean: random.between(24, 32), spread: 0.4 });
    const dominant = createWalk(random, { mean: 36, spread: 2, min: 10 });
    const calibrationFactor = random.between(0.9999, 1.0001);
    const fault = random.pick(FAULTS);
    const reading = (metric: string, value: number, unit: string, metadata: object): Reading => ({
      metric,
      value,
      unit,
      metadata: { sensor_type: 'vibration', ...metadata },
    });
    return {
      measure(drift) {
        const rms = round(rmsWalk.step(drift * 1.05), 3);
        const crest = crestWalk.step(drift);
        const health = round(Math.max(10, 95 - drift * 50 - rms * 20), 1);
        const severity = round(Math.max(0, (rms - 0.3) * 0.9), 2);
        const peaks = [1, 2, 3, 4, 5].map((rank) =>
          reading(`frequency_peak_${rank}`, round((rms * 0.7) / rank, 3), 'mm/s', {
            parameter: 'frequency_spectrum',
            frequency: rank === 1 ? 31.2 : round(random.between(120, 990), 1) + 0.05,
            peak_rank: rank,
            harmonic: rank === 1 ? '1x' : null,
          }),
        );
        const readings = [
          reading('vibration_rms', rms, 'mm/s', {
            parameter: 'root_mean_square',
            sensor_model: 'VT-V5000',
            calibration_factor: calibrationFactor,
            equipment_name: `Equipment-${spec.number}`,
            equipment_speed: SPEED,
            mounting_type: 'bearing',
          }),
          reading('vibration_peak', round(rms * crest, 3), 'mm/s', {
            parameter: 'peak',
            sensor_model: 'VT-V5000',
            calibration_factor: calibrationFactor,
            crest_factor: crest,
          }),
          reading('vibration_crest_factor', round(crest, 2), 'ratio', {
            parameter: 'crest_factor',
            calculation: 'peak/rms',
            normal_range: '1.5-3.0',
          }),
          reading('sensor_temperature', round(temperatureWalk.step(drift * 20), 1), '°C', {
            parameter: 'temperature',
            sensor_model: 'VT-V5000',
          }),
          reading('dominant_frequency', round(dominant.step(), 1), 'Hz', {
            parameter: 'frequency',
            calculation: 'fft_peak_detection',
            equipment_speed: SPEED,
          }),
          ...peaks,
          reading('equipment_health_score', health, '%', {
            parameter: 'health_score',
            calculation: 'vibration_based',
            maintenance_status: statusOf(health),
          }),
        ];
        if (severity > FAULT_REPORTED) {
          readings.push(
            reading(`fault_${fault}`, severity, 'severity', {
              parameter: 'fault_detection',
              fault_type: fault,
            }),
          );
        }
        return readings;
      },
    };
  },
};
