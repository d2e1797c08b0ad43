import { describe, expect, it } from '@jest/globals';
import type { AlertText, Reading } from '../events.ts';
import { createRandom } from '../random.ts';
import { createRoster } from '../roster.ts';
import { dewPoint } from './humidity.ts';
import { kindOf } from './index.ts';

const roster = createRoster(50);

function measure(
  kind: string,
  drift: number,
  samples: number,
  seed = 1,
): { readings: Reading[]; alerts: (AlertText | undefined)[] } {
  const spec = roster.find((device) => device.kind === kind);
  if (spec === undefined) throw new Error(`no ${kind} in the roster`);
  const instrument = kindOf(kind).createInstrument(spec, createRandom(seed));
  let readings: Reading[] = [];
  const alerts: (AlertText | undefined)[] = [];
  for (let sample = 0; sample < samples; sample++) {
    readings = instrument.measure(drift);
    alerts.push(kindOf(kind).alertRule?.(readings));
  }
  return { readings, alerts };
}

const MOCK_KINDS = [
  'mock_temperature',
  'mock_humidity',
  'mock_pressure',
  'mock_air_quality',
  'mock_vibration',
];

describe('device kinds', () => {
  it.each(MOCK_KINDS)('%s raises nothing in health, and a threshold alert when it has drifted', (kind) => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(measure(kind, 0, 100, seed).alerts.filter((alert) => alert !== undefined)).toEqual([]);
      const drifted = measure(kind, 0.75, 60, seed).alerts.at(-1);
      expect(drifted).toMatchObject({ alertType: 'threshold' });
      expect(drifted?.description).not.toContain('NaN');
    }
  });

  it.each(MOCK_KINDS)('%s reaches its critical threshold at full drift', (kind) => {
    const severities = new Set<string | undefined>();
    for (let seed = 1; seed <= 20; seed++) severities.add(measure(kind, 1, 60, seed).alerts.at(-1)?.severity);
    expect(severities).toContain('critical');
  });

  it('reports a fault of vibration only while there is one', () => {
    const faults = (drift: number): Reading[] =>
      measure('mock_vibration', drift, 60).readings.filter(({ metric }) => metric.startsWith('fault_'));
    expect(faults(0)).toEqual([]);
    expect(faults(1)).toHaveLength(1);
    expect(faults(1)[0]?.unit).toBe('severity');
  });

  it('gives pressure a trend from the second sample on', () => {
    expect(measure('mock_pressure', 0, 1).readings.map(({ metric }) => metric)).not.toContain(
      'pressure_trend',
    );
    expect(measure('mock_pressure', 0, 2).readings.map(({ metric }) => metric)).toContain('pressure_trend');
  });

  it('lets the actuator say its state as a word between two numbers', () => {
    const { readings } = measure('simulator_actuator', 0, 1);
    expect(readings.map(({ metric, value }) => [metric, typeof value])).toEqual([
      ['power_consumption', 'number'],
      ['operational_status', 'string'],
      ['duty_cycle', 'number'],
    ]);
  });

  it('refuses a kind that does not exist', () => {
    expect(() => kindOf('toaster')).toThrow('no device kind is called toaster');
  });
});

describe('dewPoint', () => {
  it('follows the Magnus formula', () => {
    expect(dewPoint(74.1, 22)).toBeCloseTo(17.2, 0);
    expect(dewPoint(100, 20)).toBeCloseTo(20, 5);
  });
});
