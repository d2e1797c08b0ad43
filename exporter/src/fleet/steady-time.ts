import { exposeStatus } from './binding.ts';
import type { FleetData } from './fleet-data.ts';

/** The wall clock was set when it moved against the monotonic one by more than this; less is drift of its own. */
const STEP_MS = 1000;

/**
 * Notices that the wall clock was set, and by how much. The fleet's ages are measured in steady time, which is
 * wall time plus that sum: a device stays as old as it is, whatever the clock says. Call it before times are taken.
 */
export function followClock(data: FleetData): void {
  const drift = data.clock.monotonic() - data.clock.wall() + data.startOffset;
  const change = drift - data.drift;
  if (Math.abs(change) < STEP_MS) return;
  data.drift = drift;
  if (change > 0) forgetFuture(data, data.clock.wall());
}

/**
 * A check of the clock that a flood of messages can afford: asking both clocks costs as much as keeping a value. As long
 * as arrivals follow each other within what counts as drift, nobody has set the clock between them.
 */
export function createClockWatch(data: FleetData): (at: number) => void {
  let last = NaN;
  return (at) => {
    if (!(at >= last && at - last < STEP_MS)) followClock(data);
    last = at;
  };
}

/** What was dated by a clock that was ahead is dated now: else nothing newer would count until then. */
function forgetFuture(data: FleetData, now: number): void {
  const { table } = data;
  for (const record of table.records) {
    if (record === undefined) continue;
    for (const source of ['mqtt', 'postgres', 'api'] as const) {
      const report = record.reports[source];
      if (report !== undefined && report.at > now) record.reports[source] = { ...report, at: now };
    }
    if (!(table.since.get(record.row) > now)) continue;
    table.since.set(record.row, now);
    exposeStatus(data, record);
  }
}
