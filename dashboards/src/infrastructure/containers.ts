import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { manyLines, timeseries } from '../shared/timeseries.ts';

const NO_CONTAINERS =
  'Needs cAdvisor as a target of job cadvisor: with compose, profile containers. Without containers this stays empty.';
/** Containers have names; what has none are groups of them, which would count twice. */
const CONTAINERS = 'job="cadvisor", name!=""';
const MOST = 10;

function cpu(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 31,
      title: 'CPU of the Containers',
      description: `CPU time of each container, in cores; the ${MOST} largest.`,
      runbooks: ['HighCPUUsage'],
      noValue: NO_CONTAINERS,
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, sum by (name) (rate(container_cpu_usage_seconds_total{${CONTAINERS}}[$__rate_interval])))`,
        '{{name}}',
      ),
    )
    .unit('suffix:cores')
    .min(0);
}

function memory(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 32,
      title: 'Memory of the Containers',
      description: `Memory that each container needs, without caches that could be given back; the ${MOST} largest. At its limit the kernel ends the container: see Restarts. What has ended keeps its line for 5 minutes.`,
      runbooks: ['HighMemoryUsage'],
      noValue: NO_CONTAINERS,
    }),
  )
    .withTarget(
      range(`topk(${MOST}, max by (name) (container_memory_working_set_bytes{${CONTAINERS}}))`, '{{name}}'),
    )
    .unit('bytes')
    .min(0);
}

function network(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 33,
      title: 'Network of the Containers',
      description: `Bytes that each container received and sent; the ${MOST} largest. Containers in the host’s network have none of their own.`,
      noValue: NO_CONTAINERS,
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, sum by (name) (rate(container_network_receive_bytes_total{${CONTAINERS}}[$__rate_interval])))`,
        'received {{name}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `topk(${MOST}, sum by (name) (rate(container_network_transmit_bytes_total{${CONTAINERS}}[$__rate_interval])))`,
        'sent {{name}}',
        'B',
      ),
    )
    .unit('Bps')
    .min(0);
}

function restarts(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 34,
      title: 'Restarts of the Containers',
      description:
        'Time since each container was started, those of the last hour. A saw: it fails again and again, its own log says why. Needs cAdvisor 0.60: older ones show when it was created.',
      noValue: 'No container was started within the last hour, or there is no cAdvisor.',
    }),
  )
    .withTarget(
      range(`time() - max by (name) (container_start_time_seconds{${CONTAINERS}}) < 3600`, '{{name}}'),
    )
    .unit('s')
    .min(0);
}

/** What runs in containers, where anything does. */
export function containerPanels(): readonly Builder<Panel>[] {
  return [cpu(), memory(), network(), restarts()];
}
