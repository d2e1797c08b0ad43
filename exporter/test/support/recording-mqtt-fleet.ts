import type { FleetInput } from '../../src/fleet/fleet.ts';

export interface RecordedPoint {
  readonly id: string;
  readonly metric: string;
  readonly unit: string;
  readonly value: number | null;
  readonly at: number;
}

export interface RecordedStatus {
  readonly id: string;
  readonly status: string | null;
  readonly at: number | null;
}

/** A fleet that only writes down what MQTT tells it. */
export interface RecordingMqttFleet extends FleetInput {
  readonly points: RecordedPoint[];
  readonly values: RecordedPoint[];
  readonly reports: RecordedStatus[];
  readonly retainedReports: RecordedStatus[];
  readonly heardIds: string[];
  readonly availability: boolean[];
}

function unexpected(): never {
  throw new Error('not called by MQTT');
}

export function recordingMqttFleet(): RecordingMqttFleet {
  const points: RecordedPoint[] = [];
  const values: RecordedPoint[] = [];
  const reports: RecordedStatus[] = [];
  const retainedReports: RecordedStatus[] = [];
  const heardIds: string[] = [];
  const availability: boolean[] = [];
  return {
    points,
    values,
    reports,
    retainedReports,
    heardIds,
    availability,
    mqttAvailable: (available) => availability.push(available),
    heard: (id) => heardIds.push(id),
    point: (id, metric, unit, value, at) => points.push({ id, metric, unit, value, at }),
    value: (id, metric, unit, value, at) => values.push({ id, metric, unit, value, at }),
    report: (id, status, at) => reports.push({ id, status, at }),
    retainedReport: (id, status, at) => retainedReports.push({ id, status, at }),
    applyInventory: unexpected,
    withdrawInventory: unexpected,
    storedPoints: unexpected,
  };
}
