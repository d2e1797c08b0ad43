import { t } from '@grafana/i18n';
import { useMemo } from 'react';
import { NO_LOG_FILTER } from '../../domain/logs/logFilter';
import { logsPath } from '../../features/logs/logsAddress';
import { RecentLines } from '../../features/logs/RecentLines';

interface Props {
  readonly deviceId: string;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The newest lines that name the device, whoever wrote them; new ones come by themselves. */
export function DeviceLines({ deviceId, tick, now }: Props) {
  const filter = useMemo(() => ({ ...NO_LOG_FILTER, device: deviceId }), [deviceId]);
  return (
    <RecentLines
      title={<h2>{t('device.lines.title', 'Log lines of this device')}</h2>}
      name={t('device.lines.title', 'Log lines of this device')}
      filter={filter}
      span={undefined}
      allPath={logsPath({ device: deviceId })}
      live
      tick={tick}
      now={now}
    />
  );
}
