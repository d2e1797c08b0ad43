import { spaceMatcher } from '../shared/rules.ts';
import { CHOSEN } from './source.ts';

/** CPU time of each host that is not idle, as HighCPUUsage has it. */
export const cpuPercent = `(100 - 100 * avg by (instance)
  (rate(node_cpu_seconds_total{mode="idle", ${CHOSEN}}[$__rate_interval])))`;

/** Memory of each host that programs cannot have, as HighMemoryUsage has it. */
export const memoryPercent = `(100 * (1 - node_memory_MemAvailable_bytes{${CHOSEN}} / node_memory_MemTotal_bytes{${CHOSEN}}))`;

/** File systems that DiskSpaceLow watches: those of disks, which can be written to. */
const WATCHED = `unless node_filesystem_readonly{${CHOSEN}} == 1`;

/** Free share of each file system that DiskSpaceLow watches. */
export const spacePercent = `(100 * node_filesystem_avail_bytes{${spaceMatcher()}, ${CHOSEN}}
  / node_filesystem_size_bytes{${CHOSEN}} ${WATCHED})`;

/** The expression of one metric of each file system that DiskSpaceLow watches. */
export function ofFileSystems(metric: string): string {
  return `max by (instance, device, mountpoint) (${metric}{${spaceMatcher()}, ${CHOSEN}} ${WATCHED})`;
}
