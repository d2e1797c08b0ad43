import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FleetEvent } from './events.ts';
import { createFleetModel, type FleetModel, type FleetModelOptions } from './fleet-model.ts';

const START = Date.parse('2026-11-22T23:00:00Z');
const MINUTE = 60_000;
const options: FleetModelOptions = {
  seed: 1,
  devices: 50,
  startTime: START,
  maxPointsPerSecond: 1500,
  speed: 1,
};

function raisedAt(events: readonly FleetEvent[]): number[] {
  return events.filter((event) => event.kind === 'alert_raised').map((event) => event.at);
}

function talking(events: readonly FleetEvent[]): Set<string> {
  const ids = events.flatMap((event) =>
    event.kind === 'telemetry' || event.kind === 'heartbeat' ? [event.device.id] : [],
  );
  return new Set(ids);
}

function settled(): FleetModel {
  const fleet = createFleetModel(options);
  fleet.advance(START + MINUTE);
  return fleet;
}

describe('createFleetModel', () => {
  it('gives the same events for the same seed, and others for another', () => {
    const run = (seed: number): string =>
      JSON.stringify(createFleetModel({ ...options, seed }).advance(START + 5 * MINUTE));
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });

  it('does not care how finely time passes', () => {
    const whole = JSON.stringify(createFleetModel(options).advance(START + 3 * MINUTE));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 40 }), (steps) => {
        const fleet = createFleetModel(options);
        const events: FleetEvent[] = [];
        let at = START;
        for (const step of steps) events.push(...fleet.advance(Math.min((at += step), START + 3 * MINUTE)));
        events.push(...fleet.advance(START + 3 * MINUTE));
        expect(JSON.stringify(events)).toBe(whole);
      }),
      { numRuns: 15 },
    );
  });

  it('hands out events in the order of time', () => {
    const times = createFleetModel(options)
      .advance(START + 10 * MINUTE)
      .map((event) => event.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(START);
  });

  it('sends every metric that a healthy fleet has within a minute', () => {
    const metrics = new Set(
      createFleetModel(options)
        .advance(START + MINUTE)
        .flatMap((event) =>
          event.kind === 'telemetry' ? event.readings.map((reading) => reading.metric) : [],
        ),
    );
    for (const metric of [
      'temperature',
      'pressure_trend',
      'aqi',
      'vibration_rms',
      'cpu_usage',
      'power_consumption',
    ]) {
      expect(metrics).toContain(metric);
    }
    expect(metrics.size).toBeGreaterThanOrEqual(30);
  });

  it.each([20, 50, 1000])('raises a new alert at least every 30 s in a fleet of %d', (devices) => {
    const times = raisedAt(createFleetModel({ ...options, devices }).advance(START + 60 * MINUTE));
    const moments = [START, ...times, START + 60 * MINUTE];
    const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000);
  });

  it('raises alerts of every severity and type, resolves and acknowledges them', () => {
    const events = createFleetModel(options).advance(START + 120 * MINUTE);
    const alerts = events.flatMap((event) => (event.kind === 'alert_raised' ? [event.alert] : []));
    expect(new Set(alerts.map((alert) => alert.severity))).toEqual(new Set(['critical', 'warning', 'info']));
    expect(new Set(alerts.map((alert) => alert.alertType))).toEqual(
      new Set(['threshold', 'anomaly', 'system', 'device']),
    );
    const resolved = events.filter((event) => event.kind === 'alert_resolved').length;
    expect(events.some((event) => event.kind === 'alert_acknowledged')).toBe(true);
    expect(alerts.length - resolved).toBeLessThan(60);
    expect(resolved).toBeGreaterThan(100);
  });

  it('resolves an alert once, and never one that it did not raise', () => {
    const open = new Set<number>();
    for (const event of createFleetModel(options).advance(START + 120 * MINUTE)) {
      if (event.kind === 'alert_raised') open.add(event.number);
      if (event.kind === 'alert_acknowledged') expect(open).toContain(event.number);
      if (event.kind === 'alert_resolved') expect(open.delete(event.number)).toBe(true);
    }
  });

  it('lets devices fail and recover by themselves while most are well', () => {
    const fleet = createFleetModel(options);
    const events = fleet.advance(START + 120 * MINUTE);
    const statuses = new Set(events.flatMap((event) => (event.kind === 'status' ? [event.to] : [])));
    expect(statuses).toEqual(new Set(['online', 'error', 'warning', 'maintenance', 'offline']));
    const healthy = fleet.states().filter((device) => device.condition === 'healthy').length;
    expect(healthy).toBeGreaterThan(30);
  });

  it.each([1, 2, 3, 4, 5])('never loses the only device of a kind by chance (seed %d)', (seed) => {
    const fleet = createFleetModel({ ...options, seed });
    fleet.advance(START + 55 * MINUTE);
    expect(talking(fleet.advance(START + 60 * MINUTE))).toContain('ACTUATOR_001');
  });

  it('has something wrong from the start, so that every state can be seen', () => {
    const conditions = new Set(
      createFleetModel(options)
        .states()
        .map((device) => device.condition),
    );
    expect(conditions).toEqual(new Set(['healthy', 'error', 'warning', 'maintenance', 'offline']));
  });

  it('runs faster on demand', () => {
    const points = (speed: number): number =>
      createFleetModel({ ...options, speed })
        .advance(START + 5 * MINUTE)
        .filter((event) => event.kind === 'telemetry').length;
    expect(points(4) / points(1)).toBeGreaterThan(3);
  });
});

describe('breaking and mending', () => {
  it('silences a device without a word, and nobody sets it offline', () => {
    const fleet = settled();
    fleet.mend(START + MINUTE, ['MOCK-1002', 'GATEWAY_001']);
    const { events, ids } = fleet.break(START + MINUTE, 'silent', ['MOCK-1002', 'GATEWAY_001']);
    expect(ids).toEqual(['MOCK-1002', 'GATEWAY_001']);
    expect(events).toEqual([]);
    const later = fleet.advance(START + 60 * MINUTE);
    for (const id of ids) {
      expect(talking(later)).not.toContain(id);
      expect(fleet.state(id)).toMatchObject({ condition: 'silent', status: 'online', pinned: true });
    }
  });

  it('breaks a number of healthy devices with error, an alert each, until they are mended', () => {
    const fleet = settled();
    const { events, ids } = fleet.break(START + MINUTE, 'error', 5);
    expect(new Set(ids).size).toBe(5);
    expect(events.filter((event) => event.kind === 'status' && event.to === 'error')).toHaveLength(5);
    expect(events.filter((event) => event.kind === 'alert_raised')).toHaveLength(5);
    fleet.advance(START + 120 * MINUTE);
    for (const id of ids) expect(fleet.state(id)?.status).toBe('error');
    const mended = fleet.mend(START + 120 * MINUTE);
    expect(new Set(mended.ids)).toEqual(new Set(ids));
    expect(mended.events.filter((event) => event.kind === 'alert_resolved')).toHaveLength(5);
    for (const id of ids) expect(fleet.state(id)).toMatchObject({ status: 'online', pinned: false });
  });

  it('goes on sending from a device in error, and with its status in the heartbeat', () => {
    const fleet = settled();
    fleet.break(START + MINUTE, 'error', ['TEMP_SENSOR_001']);
    const events = fleet.advance(START + 5 * MINUTE);
    const heartbeats = events.flatMap((event) =>
      event.kind === 'heartbeat' && event.device.id === 'TEMP_SENSOR_001' ? [event.status] : [],
    );
    expect(new Set(heartbeats)).toEqual(new Set(['error']));
    expect(talking(events)).toContain('TEMP_SENSOR_001');
  });

  it('drives a drifting device over its threshold and back', () => {
    const fleet = settled();
    fleet.mend(START + MINUTE, ['MOCK-1000']);
    fleet.break(START + MINUTE, 'drift', ['MOCK-1000']);
    const raised = fleet
      .advance(START + 15 * MINUTE)
      .findLast((event) => event.kind === 'alert_raised' && event.device.id === 'MOCK-1000');
    expect(raised).toMatchObject({ alert: { metricName: 'temperature', alertType: 'threshold' } });
    fleet.mend(START + 15 * MINUTE);
    const number = raised?.kind === 'alert_raised' ? raised.number : 0;
    const resolved = fleet
      .advance(START + 30 * MINUTE)
      .some((event) => event.kind === 'alert_resolved' && event.number === number);
    expect(resolved).toBe(true);
  });

  it('leaves unknown ids out and breaks no more devices than there are', () => {
    const fleet = settled();
    expect(fleet.break(START + MINUTE, 'error', ['NOPE']).ids).toEqual([]);
    expect(fleet.break(START + MINUTE, 'warning', 1000).ids).toHaveLength(50);
    expect(fleet.mend(START + MINUTE, ['NOPE']).ids).toEqual([]);
  });
});
