import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { alertLine, linesOnly, stacked, timeseries } from '../shared/timeseries.ts';
import { cpuPercent, memoryPercent } from './queries.ts';
import { CHOSEN, NO_HOSTS } from './source.ts';

function cpu(): Builder<Panel> {
  const panel = timeseries({
    id: 11,
    title: 'CPU Usage',
    description: 'CPU time of each host that is not idle. The line is where HighCPUUsage begins to count.',
    runbooks: ['HighCPUUsage'],
    noValue: NO_HOSTS,
  })
    .withTarget(range(cpuPercent, '{{instance}}'))
    .unit('percent')
    .min(0)
    .max(100);
  return alertLine(panel, 'HighCPUUsage');
}

function cpuModes(): Builder<Panel> {
  return stacked(
    timeseries({
      id: 12,
      title: 'What the CPU Does',
      description:
        'CPU time of all chosen hosts by kind, in cores. user: programs; system: the kernel for them; iowait: they wait for disks; steal: the neighbours on the same machine.',
      runbooks: ['HighCPUUsage'],
      noValue: NO_HOSTS,
    }),
  )
    .withTarget(
      range(
        `sum by (mode) (rate(node_cpu_seconds_total{mode!="idle", ${CHOSEN}}[$__rate_interval]))`,
        '{{mode}}',
      ),
    )
    .unit('suffix:cores')
    .min(0);
}

function load(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 13,
      title: 'Load per Core',
      description:
        'Programs that run or wait, for each core, over five minutes. Above 1 for long some wait always; with a CPU that is not busy they wait for disks.',
      runbooks: ['HighCPUUsage'],
      noValue: NO_HOSTS,
    }),
  )
    .withTarget(
      range(
        `max by (instance) (node_load5{${CHOSEN}})
          / count by (instance) (node_cpu_seconds_total{mode="idle", ${CHOSEN}})`,
        '{{instance}}',
      ),
    )
    .unit('short')
    .decimals(2)
    .min(0);
}

function memory(): Builder<Panel> {
  const panel = timeseries({
    id: 14,
    title: 'Memory Usage',
    description:
      'Memory of each host that programs cannot have; caches count as free. The line is where HighMemoryUsage begins to count.',
    runbooks: ['HighMemoryUsage'],
    noValue: NO_HOSTS,
  })
    .withTarget(range(`max by (instance) (${memoryPercent})`, '{{instance}}'))
    .unit('percent')
    .min(0)
    .max(100);
  return alertLine(panel, 'HighMemoryUsage');
}

function pressure(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 15,
      title: 'Waiting for Resources',
      description:
        'Share of the time in which some program waited for CPU, memory or disk (pressure stall information). Memory above zero for long: the host lives from hand to mouth, whatever its usage says.',
      runbooks: ['HighMemoryUsage'],
      noValue: 'The kernel of the hosts does not count pressure (psi=1), or there is no node_exporter.',
    }),
  )
    .withTarget(
      range(
        `max by (instance) (rate(node_pressure_cpu_waiting_seconds_total{${CHOSEN}}[$__rate_interval]))`,
        'CPU {{instance}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `max by (instance) (rate(node_pressure_memory_waiting_seconds_total{${CHOSEN}}[$__rate_interval]))`,
        'memory {{instance}}',
        'B',
      ),
    )
    .withTarget(
      range(
        `max by (instance) (rate(node_pressure_io_waiting_seconds_total{${CHOSEN}}[$__rate_interval]))`,
        'disk {{instance}}',
        'C',
      ),
    )
    .unit('percentunit')
    .min(0);
}

function network(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 16,
      title: 'Network',
      description:
        'Bytes that each host received and sent, without its own inside traffic. Flat at a round number: the link is full.',
      noValue: NO_HOSTS,
    }),
  )
    .withTarget(
      range(
        `sum by (instance) (rate(node_network_receive_bytes_total{device!~"lo|veth.*|br-.*|docker.*|podman.*", ${CHOSEN}}[$__rate_interval]))`,
        'received {{instance}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `sum by (instance) (rate(node_network_transmit_bytes_total{device!~"lo|veth.*|br-.*|docker.*|podman.*", ${CHOSEN}}[$__rate_interval]))`,
        'sent {{instance}}',
        'B',
      ),
    )
    .unit('Bps')
    .min(0);
}

function networkErrors(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 17,
      title: 'Network Errors',
      description:
        'Packets that were broken or dropped a second, and segments that had to be sent again. Retransmissions that rise with errors: the network; without them: the other side.',
      noValue: NO_HOSTS,
    }),
  )
    .withTarget(
      range(
        `sum by (instance) (
          rate(node_network_receive_errs_total{${CHOSEN}}[$__rate_interval])
          + rate(node_network_transmit_errs_total{${CHOSEN}}[$__rate_interval])
          + rate(node_network_receive_drop_total{${CHOSEN}}[$__rate_interval])
          + rate(node_network_transmit_drop_total{${CHOSEN}}[$__rate_interval]))`,
        'broken or dropped {{instance}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `sum by (instance) (rate(node_netstat_Tcp_RetransSegs{${CHOSEN}}[$__rate_interval]))`,
        'sent again {{instance}}',
        'B',
      ),
    )
    .unit('suffix:packets/s')
    .min(0);
}

function uptime(): Builder<Panel> {
  return timeseries({
    id: 18,
    title: 'Uptime of the Hosts',
    description: 'Time since each host was started. A line that falls to zero is a restart.',
    noValue: NO_HOSTS,
  })
    .withTarget(range(`time() - max by (instance) (node_boot_time_seconds{${CHOSEN}})`, '{{instance}}'))
    .unit('s')
    .min(0);
}

/** CPU, memory and network of the hosts. */
export function hostPanels(): readonly Builder<Panel>[] {
  return [cpu(), memory(), cpuModes(), load(), pressure(), uptime(), network(), networkErrors()];
}
