import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range, table } from '../shared/query.ts';
import { thresholdOf } from '../shared/rules.ts';
import { type Column, columns, tablePanel } from '../shared/table-panel.ts';
import { alertLine, linesOnly, timeseries } from '../shared/timeseries.ts';
import { downTo } from '../shared/thresholds.ts';
import { ofFileSystems, spacePercent } from './queries.ts';
import { CHOSEN, NO_HOSTS } from './source.ts';

/** Disks, without what stands for others: loops, compressed memory, parts of RAID and LVM are counted twice. */
const DISKS = `device!~"(loop|ram|zram|sr|dm-|md).*", ${CHOSEN}`;

function throughput(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 21,
      title: 'Disk Throughput',
      description:
        'Bytes that each host read from its disks and wrote to them. Reads that rise alone: memory for caches ran out.',
      noValue: NO_HOSTS,
    }),
  )
    .withTarget(
      range(
        `sum by (instance) (rate(node_disk_read_bytes_total{${DISKS}}[$__rate_interval]))`,
        'read {{instance}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `sum by (instance) (rate(node_disk_written_bytes_total{${DISKS}}[$__rate_interval]))`,
        'written {{instance}}',
        'B',
      ),
    )
    .unit('Bps')
    .min(0);
}

function utilisation(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 22,
      title: 'Disk Busy',
      description:
        'Share of the time in which the disk had something to do. Near 100 % for long, requests queue: PostgreSQL and the log queue get slow.',
      runbooks: ['HighResponseTime'],
      noValue: NO_HOSTS,
    }),
  )
    .withTarget(
      range(
        `max by (instance, device) (rate(node_disk_io_time_seconds_total{${DISKS}}[$__rate_interval]))`,
        '{{device}} {{instance}}',
      ),
    )
    .unit('percentunit')
    .min(0);
}

function latency(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 23,
      title: 'Disk Latency',
      description:
        'How long a read and a write took on average. Milliseconds on solid state are a full disk or a throttled volume.',
      runbooks: ['HighResponseTime'],
      noValue: 'Nothing was read or written in this time, or there is no node_exporter.',
    }),
  )
    .withTarget(
      range(
        `max by (instance, device) (rate(node_disk_read_time_seconds_total{${DISKS}}[$__rate_interval])
          / (rate(node_disk_reads_completed_total{${DISKS}}[$__rate_interval]) > 0))`,
        'read {{device}} {{instance}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `max by (instance, device) (rate(node_disk_write_time_seconds_total{${DISKS}}[$__rate_interval])
          / (rate(node_disk_writes_completed_total{${DISKS}}[$__rate_interval]) > 0))`,
        'write {{device}} {{instance}}',
        'B',
      ),
    )
    .unit('s')
    .min(0);
}

function space(): Builder<Panel> {
  const panel = timeseries({
    id: 24,
    title: 'Free Disk Space',
    description:
      'Free share of each file system that DiskSpaceLow watches. Below the line it begins to count. A straight fall: Fills Up In says when.',
    runbooks: ['DiskSpaceLow'],
    noValue: NO_HOSTS,
  })
    .withTarget(range(`min by (instance, mountpoint) (${spacePercent})`, '{{mountpoint}} {{instance}}'))
    .unit('percent')
    .min(0)
    .max(100);
  return alertLine(panel, 'DiskSpaceLow').thresholds(downTo(thresholdOf('DiskSpaceLow')));
}

const COLUMNS: readonly Column[] = [
  { field: 'instance', header: 'Host' },
  { field: 'mountpoint', header: 'Mounted at' },
  { field: 'device', header: 'Device' },
  { field: 'Value #A', header: 'Size', width: 100 },
  { field: 'Value #B', header: 'Free', width: 100 },
  { field: 'Value #C', header: 'Free share', width: 110 },
  { field: 'Value #D', header: 'Free files', width: 110 },
  { field: 'Value #E', header: 'Fills up in', width: 120 },
];

function fileSystems(): Builder<Panel> {
  const free = ofFileSystems('node_filesystem_avail_bytes');
  const falling = `deriv(node_filesystem_avail_bytes{${CHOSEN}}[$__range])`;
  const panel = tablePanel(
    {
      id: 25,
      title: 'File Systems',
      description:
        'Each file system that DiskSpaceLow watches. Free files: even with space left, none can be made at 0 %. Fills up in: if it goes on as within the time range; a dash: it does not fill.',
      runbooks: ['DiskSpaceLow'],
      noValue: NO_HOSTS,
    },
    COLUMNS,
    { header: 'Free share', descending: false },
  )
    .withTarget(table(ofFileSystems('node_filesystem_size_bytes'), 'A'))
    .withTarget(table(free, 'B'))
    .withTarget(table(`100 * ${free} / ${ofFileSystems('node_filesystem_size_bytes')}`, 'C'))
    .withTarget(
      table(
        `100 * ${ofFileSystems('node_filesystem_files_free')} / (${ofFileSystems('node_filesystem_files')} > 0)`,
        'D',
      ),
    )
    .withTarget(table(`${free} / (max by (instance, device, mountpoint) (-${falling}) > 1)`, 'E'))
    // Not a join: what a row is has three labels.
    .withTransformation({ id: 'merge', options: {} });
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  for (const name of ['Free share', 'Free files'])
    panel.overrideByName(name, [
      { id: 'unit', value: 'percent' },
      { id: 'decimals', value: 0 },
    ]);
  return panel
    .span(24)
    .height(8)
    .unit('bytes')
    .overrideByName('Fills up in', [
      { id: 'unit', value: 's' },
      { id: 'decimals', value: 0 },
    ]);
}

/** Disks and what is on them. */
export function diskPanels(): readonly Builder<Panel>[] {
  return [throughput(), utilisation(), latency(), space(), fileSystems()];
}
