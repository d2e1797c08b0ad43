import { promqlText, type Span } from '../../api/prometheusClient';

/**
 * What is between two codes of `valtronics_device_status`, as one comparison: 1 and 2 are available, 3 and 4 trouble
 * (contract §4). The status is looked up once and not once for each bound.
 */
const AVAILABLE = 1.5;
const TROUBLE = 3.5;

/** Points of all devices together that Prometheus is to look at: a fifth of what it permits a query by default. */
const MOST_POINTS = 10_000_000;
/** Points of one device: a week by the minute. */
export const MOST_OF_ONE = 10_000;
/** Fewer say nothing about a week. */
const FEWEST = 200;
/** No step is shorter than this: devices are published with every scrape, seconds. */
const SHORTEST_STEP = 10;
/** How often identities and the size of the fleet are looked at over the range. */
const LOOKS = 50;

/** Seconds between the points of a report over the span of so many devices. */
export function reportStep({ from, to }: Span, devices: number): number {
  const points = Math.min(MOST_OF_ONE, Math.max(FEWEST, Math.floor(MOST_POINTS / Math.max(1, devices))));
  return Math.max(SHORTEST_STEP, Math.ceil((to - from) / 1000 / points));
}

function subquery({ from, to }: Span, step: number): string {
  return `[${Math.round((to - from) / 1000)}s:${step}s]`;
}

const only = (deviceId: string | undefined): string =>
  deviceId === undefined ? '' : `{device_id=${promqlText(deviceId)}}`;

/** The most devices that there were at once. */
export function countQuery(span: Span, deviceId?: string): string {
  const step = Math.max(SHORTEST_STEP, Math.ceil((span.to - span.from) / 1000 / LOOKS));
  return `max_over_time(count(max by (device_id) (valtronics_device_status${only(deviceId)}))${subquery(span, step)})`;
}

/** Queries at the end of the span; each answers with one row a device. `step`: seconds. */
export function reportQueries(span: Span, step: number, deviceId?: string) {
  const status = `max by (device_id) (valtronics_device_status${only(deviceId)})`;
  const points = subquery(span, step);
  const looks = subquery(span, Math.max(step, Math.ceil((span.to - span.from) / 1000 / LOOKS)));
  const inTrouble = `(abs(${status} - ${TROUBLE}) < bool 1)`;
  return {
    /** How many points it was available at. */
    available: `count_over_time((abs(${status} - ${AVAILABLE}) < 1)${points})`,
    /** How many points it was in trouble at. */
    trouble: `count_over_time((abs(${status} - ${TROUBLE}) < 1)${points})`,
    /** How often trouble began or ended. */
    changes: `changes(${inTrouble}${points})`,
    /** 1 where the last point is in trouble. */
    last: `last_over_time(${inTrouble}${points})`,
    /** Name, type and place, of devices that are gone too. */
    info: `last_over_time(group by (device_id, name, device_type, location) (valtronics_device_info${only(deviceId)})${looks})`,
  };
}
