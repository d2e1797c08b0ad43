import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { naturalRate, stretchFor } from './pace.ts';
import { createRoster } from './roster.ts';

function countByKind(count: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of createRoster(count)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('createRoster', () => {
  it('has so many devices with ids of their own, of both families, for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 3000 }), (count) => {
        const roster = createRoster(count);
        expect(roster).toHaveLength(count);
        expect(new Set(roster.map((spec) => spec.id)).size).toBe(count);
        expect(roster.map((spec) => spec.index)).toEqual(roster.map((_spec, at) => at));
        expect(new Set(roster.map((spec) => spec.kind)).size).toBe(10);
      }),
      { numRuns: 25 },
    );
  });

  it('mixes the mock fleet 15/10/8/7/10', () => {
    const mock = countByKind(500);
    expect(mock).toMatchObject({
      mock_temperature: 135,
      mock_humidity: 90,
      mock_pressure: 72,
      mock_air_quality: 63,
      mock_vibration: 90,
      simulator_gateway: 10,
    });
  });

  it('names devices as the platform does', () => {
    const roster = createRoster(50);
    const find = (id: string): unknown => roster.find((spec) => spec.id === id);
    expect(find('TEMP_SENSOR_001')).toMatchObject({
      name: 'Temperature Sensor 01',
      deviceType: 'sensor',
      manufacturer: 'Texas Instruments',
      model: 'TMP36',
      firmwareVersion: '1.2.3',
      location: 'Server Room A',
    });
    expect(find('MOCK-1001')).toMatchObject({
      number: 1001,
      name: 'Temperature Sensor 1001',
      manufacturer: 'SensorTech Corp',
      location: 'Server Room B',
    });
    expect(roster.at(-1)).toMatchObject({ id: 'MOCK-1044', location: 'Equipment: Equipment-1044' });
    expect(find('GATEWAY_001')).toMatchObject({ deviceType: 'gateway', location: 'Network Closet' });
  });
});

describe('stretchFor', () => {
  it('leaves a small fleet alone and keeps a large one below the rate', () => {
    expect(stretchFor(createRoster(50), 1500)).toBe(1);
    const large = createRoster(20_000);
    expect(naturalRate(large) / stretchFor(large, 1500)).toBeCloseTo(1500);
  });
});
