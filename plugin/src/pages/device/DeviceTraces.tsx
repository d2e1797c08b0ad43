import { t } from '@grafana/i18n';
import { useMemo } from 'react';
import { NO_TRACE_FILTER } from '../../domain/traces/traceFilter';
import { RecentTraces } from '../../features/traces/RecentTraces';
import { tracesPath } from '../../features/traces/tracesAddress';

/** The page of the traces with those of one device. */
export function deviceTracesPath(deviceId: string): string {
  return tracesPath({ filter: { device: deviceId }, view: 'all' });
}

interface Props {
  readonly deviceId: string;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The newest requests and messages of the device that were kept as traces. */
export function DeviceTraces({ deviceId, tick, now }: Props) {
  const filter = useMemo(() => ({ ...NO_TRACE_FILTER, device: deviceId }), [deviceId]);
  const title = t('device.traces.title', 'Traces of this device');
  return (
    <RecentTraces
      title={<h2>{title}</h2>}
      name={title}
      filter={filter}
      span={undefined}
      allPath={deviceTracesPath(deviceId)}
      tick={tick}
      now={now}
    />
  );
}
