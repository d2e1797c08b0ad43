import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { IconName } from '@grafana/ui';
import type { DeviceStatus } from '../../../domain/fleet/deviceStatus';
import { SEVERAL_TYPES } from '../../../domain/traces/foldDevices';
import type { MapEdge, MapNode, MapNodeType, Traffic } from '../../../domain/traces/serviceMap';
import { statusColor } from '../../../kit/status/statusLook';
import { numberWords } from '../../../kit/words/numbers';
import { errorWords, HIGH_ERROR_RATE, latencyWords, rateWords } from '../traceWords';

export const NODE_ICONS: Readonly<Record<MapNodeType, IconName>> = {
  client: 'user',
  gateway: 'exchange-alt',
  service: 'cube',
  database: 'database',
  cache: 'bolt',
  broker: 'rss',
  devices: 'apps',
};

/** What a node is, in a word. */
export function nodeKind({ type, devices }: MapNode): string {
  switch (type) {
    case 'client':
      return t('traces.map.kind.client', 'callers');
    case 'gateway':
      return t('traces.map.kind.gateway', 'gateway');
    case 'service':
      return t('traces.map.kind.service', 'service');
    case 'database':
      return t('traces.map.kind.database', 'database');
    case 'cache':
      return t('traces.map.kind.cache', 'cache');
    case 'broker':
      return t('traces.map.kind.broker', 'broker');
    case 'devices':
      return devices === null
        ? t('traces.map.kind.devices', 'devices')
        : t('traces.map.kind.countedDevices', '{{formatted}} devices', {
            count: devices,
            formatted: numberWords(devices),
          });
  }
}

/** The name of a node for people. */
export function nodeTitle({ id, title }: Pick<MapNode, 'id' | 'title'>): string {
  return id === SEVERAL_TYPES ? t('traces.map.severalTypes', 'devices') : title;
}

/** How calls go, in the product's status language. */
export function trafficStatus({ errorRate }: Traffic): DeviceStatus {
  if (errorRate === null) return 'unknown';
  if (errorRate >= HIGH_ERROR_RATE) return 'error';
  return errorRate > 0 ? 'warning' : 'online';
}

/** The colour of a line; one where nothing fails stays in the background. */
export function lineColor(theme: GrafanaTheme2, traffic: Traffic): string {
  const status = trafficStatus(traffic);
  return status === 'error' || status === 'warning' ? statusColor(theme, status) : theme.colors.text.disabled;
}

/** The figures of calls, as short as they can be; what nobody measures is left out. */
export function trafficWords({ rate, errorRate, p95 }: Traffic) {
  return {
    rate: rate === null ? undefined : rateWords(rate),
    errors: errorRate === null || errorRate === 0 ? undefined : errorWords(errorRate),
    latency: p95 === null ? undefined : latencyWords(p95),
  };
}

function unmeasuredWords({ unmeasured }: MapEdge): string {
  return unmeasured === 'broker_away'
    ? t('traces.map.notConnected', 'not measured, as the exporter is not connected to the broker')
    : t('traces.map.notMeasured', 'not measured');
}

function failedWords({ kind }: MapEdge, share: string): string {
  return kind === 'messages'
    ? t('traces.map.useless', '{{share}} cannot be used in full', { share })
    : t('traces.map.fail', '{{share}} fail', { share });
}

/** The same in a sentence, for those who hear it: `from client: 12.4/s, 0.8% fail, 95 of 100 within 240 ms`. */
export function callWords(edge: MapEdge, client: string): string {
  const { rate, errors, latency } = trafficWords(edge);
  const parts = [
    rate ?? unmeasuredWords(edge),
    errors !== undefined && failedWords(edge, errors),
    latency !== undefined && t('traces.map.within', '95 of 100 within {{time}}', { time: latency }),
    edge.kind === 'messages' && rate !== undefined && t('traces.map.noTime', 'time not measured'),
  ];
  return t('traces.map.from', 'from {{client}}: {{figures}}', {
    client,
    figures: parts.filter(Boolean).join(', '),
    interpolation: { escapeValue: false },
  });
}
