import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS_PAGE, SYSTEM_PAGE } from '../shared/dashboard.ts';
import { explainedBy, TIME } from '../shared/links.ts';
import { range } from '../shared/query.ts';
import { thresholdOf } from '../shared/rules.ts';
import { stat } from '../shared/stat.ts';
import { downTo, upTo } from '../shared/thresholds.ts';
import { cpuPercent, memoryPercent, spacePercent } from './queries.ts';

const NO_HOSTS = 'no hosts';

/** The rule in the app, with its value now. */
function rule(alert: string): ReturnType<typeof explainedBy> {
  return explainedBy('Show the rule', `${ALERTS_PAGE}?${TIME}&tab=rules&rule=${alert}`);
}

function silent(): Builder<Panel> {
  return stat({
    id: 1,
    title: 'Silent',
    description:
      'Hosts whose node_exporter Prometheus cannot reach: the host is down, or its network, or node_exporter alone.',
    noValue: NO_HOSTS,
  })
    .withTarget(range('sum(up{job="node-exporter"} == bool 0)', 'hosts'))
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1));
}

function cpu(): Builder<Panel> {
  return stat({
    id: 2,
    title: 'CPU',
    description: 'CPU time that is not idle, of the busiest of the chosen hosts.',
    runbooks: ['HighCPUUsage'],
    noValue: NO_HOSTS,
  })
    .withTarget(range(`max(${cpuPercent})`, 'CPU'))
    .unit('percent')
    .decimals(0)
    .min(0)
    .thresholds(upTo(thresholdOf('HighCPUUsage')))
    .dataLinks([rule('HighCPUUsage')]);
}

function memory(): Builder<Panel> {
  return stat({
    id: 3,
    title: 'Memory',
    description:
      'Memory that programs cannot have, of the fullest of the chosen hosts; caches count as free.',
    runbooks: ['HighMemoryUsage'],
    noValue: NO_HOSTS,
  })
    .withTarget(range(`max(${memoryPercent})`, 'memory'))
    .unit('percent')
    .decimals(0)
    .min(0)
    .thresholds(upTo(thresholdOf('HighMemoryUsage')))
    .dataLinks([rule('HighMemoryUsage')]);
}

function space(): Builder<Panel> {
  return stat({
    id: 4,
    title: 'Free Disk',
    description:
      'Free share of the fullest file system of the chosen hosts, of those that DiskSpaceLow watches.',
    runbooks: ['DiskSpaceLow'],
    noValue: NO_HOSTS,
  })
    .withTarget(range(`min(${spacePercent})`, 'free'))
    .unit('percent')
    .decimals(0)
    .min(0)
    .thresholds(downTo(thresholdOf('DiskSpaceLow')))
    .dataLinks([rule('DiskSpaceLow')]);
}

function connections(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'DB in Use',
    description:
      'Share of the connections that PostgreSQL allows which clients have. Full: nobody gets in, the platform included.',
    runbooks: ['DatabaseConnectionsHigh', 'DatabaseDown'],
    noValue: 'no database',
  })
    .withTarget(
      range(
        'max(valtronics_database_connections{state="used"}) / max(valtronics_database_connections{state="max"})',
        'used',
      ),
    )
    .unit('percentunit')
    .decimals(0)
    .min(0)
    .thresholds(upTo(thresholdOf('DatabaseConnectionsHigh')))
    .dataLinks([rule('DatabaseConnectionsHigh')]);
}

function services(): Builder<Panel> {
  return stat({
    id: 6,
    title: 'Down',
    description:
      'Sources of the exporter that it cannot read now: database, broker, Redis, API, access log. The app’s page System says why.',
    runbooks: ['DatabaseDown', 'MqttBrokerDown', 'RedisDown', 'ApiDown'],
    noValue: 'no exporter',
  })
    .withTarget(range('sum(max by (collector) (valtronics_collector_success) == bool 0)', 'services'))
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1))
    .dataLinks([explainedBy('Show the system', SYSTEM_PAGE)]);
}

/** The first line: is anything short? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [silent(), cpu(), memory(), space(), connections(), services()];
}
