/** A row of a Prometheus instant answer. */
interface Row {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [seconds: number, value: string];
}

const TYPES = ['sensor', 'monitor', 'actuator', 'gateway', 'camera'];

function statusOf(index: number, seed: number): number {
  const roll = ((index * 2654435761 + seed * 40503) >>> 7) % 1000;
  if (roll < 12) return 3;
  if (roll < 26) return 4;
  if (roll < 60) return 2;
  return roll < 64 ? 0 : 1;
}

/** What Prometheus would answer about a fleet of the size; another seed puts the trouble elsewhere. `query` is PromQL of the fleet page. */
export function fleetAnswer(query: string, count: number, seed: number): object {
  const now = Date.now() / 1000;
  const rows = (metric: (index: number) => Row['metric'], value: (index: number) => number): Row[] =>
    Array.from({ length: count }, (_, index) => ({
      metric: { device_id: `MOCK-${10_000 + index}`, ...metric(index) },
      value: [now, String(value(index))],
    }));
  const result = (): readonly Row[] => {
    if (query.includes('offset') || query.includes('telemetry')) return [];
    if (query.includes('status_since'))
      return rows(
        () => ({}),
        (index) => now - 60 - (index % 5000),
      );
    if (query.includes('last_seen'))
      return rows(
        () => ({}),
        (index) => now - (index % 40),
      );
    if (query.includes('device_info')) {
      const identity = (index: number) => ({
        name: `Pressure sensor ${10_000 + index}`,
        location: `Building ${1 + (index % 12)}, room ${index % 100}`,
        manufacturer: 'BMeter',
        model: 'BM-P3000',
        firmware_version: `2.${index % 10}.0`,
      });
      return rows(identity, () => 1);
    }
    if (!query.includes('device_status')) return [];
    const type = (index: number) => ({ device_type: TYPES[index % TYPES.length] ?? '' });
    return rows(type, (index) => statusOf(index, seed));
  };
  return { status: 'success', data: { resultType: 'vector', result: result() } };
}
