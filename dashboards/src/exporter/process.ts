import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { linesOnly, timeseries } from '../shared/timeseries.ts';
import { CHOSEN, NO_EXPORTER } from './source.ts';

const OURS = `job=~"valtronics-.+", ${CHOSEN}`;

function cpu(): Builder<Panel> {
  return timeseries({
    id: 31,
    title: 'CPU',
    description:
      'CPU time that the process takes: 100 % is one core, which is all that its thread can have. Near it scrapes get slow and messages wait.',
    noValue: NO_EXPORTER,
  })
    .withTarget(
      range(
        `max by (job, instance) (rate(process_cpu_seconds_total{${OURS}}[$__rate_interval]))`,
        '{{instance}}',
      ),
    )
    .unit('percentunit')
    .min(0);
}

function memory(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 32,
      title: 'Memory',
      description:
        'Memory of the process, and its JavaScript heap in use. It follows the number of devices; a resident line that only climbs while devices stay is a leak to report.',
      noValue: NO_EXPORTER,
    }),
  )
    .withTarget(
      range(`max by (instance) (process_resident_memory_bytes{${OURS}})`, 'resident {{instance}}', 'A'),
    )
    .withTarget(
      range(`max by (instance) (nodejs_heap_size_used_bytes{${OURS}})`, 'heap in use {{instance}}', 'B'),
    )
    .withTarget(
      range(
        `max by (instance) (nodejs_external_memory_bytes{${OURS}})`,
        'buffers and the like {{instance}}',
        'C',
      ),
    )
    .unit('bytes')
    .min(0);
}

function eventLoop(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 33,
      title: 'Event Loop Lag',
      description:
        'How long work waited for the exporter’s thread: the middle, 99 of 100, and the longest wait since the last scrape. Above 100 ms somebody notices.',
      noValue: NO_EXPORTER,
    }),
  )
    .withTarget(
      range(`max by (instance) (nodejs_eventloop_lag_p50_seconds{${OURS}})`, 'median {{instance}}', 'A'),
    )
    .withTarget(
      range(
        `max by (instance) (nodejs_eventloop_lag_p99_seconds{${OURS}})`,
        '99th percentile {{instance}}',
        'B',
      ),
    )
    .withTarget(
      range(`max by (instance) (nodejs_eventloop_lag_max_seconds{${OURS}})`, 'longest {{instance}}', 'C'),
    )
    .unit('s')
    .min(0);
}

function collections(): Builder<Panel> {
  return timeseries({
    id: 34,
    title: 'Garbage Collection',
    description:
      'Share of the time that the process spends on cleaning its memory, by kind. Some percent of “major” for long: it has too little memory for its devices.',
    noValue: NO_EXPORTER,
  })
    .withTarget(
      range(`sum by (kind) (rate(nodejs_gc_duration_seconds_sum{${OURS}}[$__rate_interval]))`, '{{kind}}'),
    )
    .unit('percentunit')
    .min(0);
}

function files(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 35,
      title: 'Open Files',
      description:
        'Files and sockets that the process holds, and how many it may. A line that climbs towards the limit ends in sources that cannot be reached.',
      noValue: 'The exporter does not run on Linux.',
    }),
  )
    .withTarget(range(`max by (instance) (process_open_fds{${OURS}})`, 'open {{instance}}', 'A'))
    .withTarget(range(`max by (instance) (process_max_fds{${OURS}})`, 'limit {{instance}}', 'B'))
    .unit('short')
    .decimals(0)
    .min(0);
}

function uptime(): Builder<Panel> {
  return timeseries({
    id: 36,
    title: 'Uptime',
    description:
      'Time since the process started. A line that falls to zero is a restart; the marks are new versions.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`time() - max by (instance) (process_start_time_seconds{${OURS}})`, '{{instance}}'))
    .unit('s')
    .min(0);
}

/** The process that runs the exporter. */
export function processPanels(): readonly Builder<Panel>[] {
  return [cpu(), memory(), eventLoop(), collections(), files(), uptime()];
}
