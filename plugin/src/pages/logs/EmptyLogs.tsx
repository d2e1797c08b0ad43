import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { activeParts, NO_LOG_FILTER, type LogFilter } from '../../domain/logs/logFilter';
import type { LogStatistics } from '../../api/logShapes';
import { useApp } from '../../kit/app/appContext';
import { EmptyBox } from '../../kit/states/EmptyBox';
import { FilteredAway } from '../../kit/states/FilteredAway';
import { clockWords } from '../../kit/time/timeWords';
import { filterPartWords } from './filterWords';

/** How the exporter is told of the services' files; the names are examples. */
const EXAMPLE =
  'VALTRONICS_LOG_SOURCES=valtronics-api=/var/log/valtronics/*.log,postgres=/var/log/postgresql/*.log';

/** No line was ever read: nobody said from where, or nothing came yet. */
export function NoLineYet({ sources }: Pick<LogStatistics, 'sources'>) {
  const isUnset = sources === 0;
  return (
    <EmptyBox
      title={
        isUnset
          ? t('logs.empty.noSource', 'No source of lines is configured')
          : t('logs.empty.noLine', 'No line was read yet')
      }
      text={
        isUnset
          ? t(
              'logs.empty.howTo',
              'Name the files of each service in the exporter’s settings. Programs may also send lines to POST /api/v1/logs, or by syslog to VALTRONICS_SYSLOG_LISTEN.',
            )
          : t(
              'logs.empty.wait',
              'The exporter waits for lines. Check that the paths in its settings fit the files, and that it may read them.',
            )
      }
      settings={[EXAMPLE]}
    />
  );
}

interface Props {
  readonly filter: LogFilter;
  /** How far back the lines reach, milliseconds since the epoch; null when nobody knows. */
  readonly oldest: number | null;
  /** End of the range, milliseconds since the epoch. */
  readonly rangeEnd: number;
  readonly onChange: (change: Partial<LogFilter>) => void;
  /** Looks at the last 24 hours. */
  readonly onLonger: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** No line to show: why, and what to do. */
export function NoLineHere({ filter, oldest, rangeEnd, onChange, onLonger, now }: Props) {
  const { timeZone } = useApp();
  const isTooOld = oldest !== null && rangeEnd <= oldest;
  const parts = activeParts(filter);
  if (!isTooOld && parts.length > 0)
    return (
      <FilteredAway
        title={t('logs.empty.filtered', 'No line of this range fits the filter')}
        parts={parts}
        words={(part) => filterPartWords(filter, part)}
        onRemove={(part) => onChange({ [part]: NO_LOG_FILTER[part] })}
        onClear={() => onChange(NO_LOG_FILTER)}
      />
    );
  return (
    <EmptyBox
      title={
        isTooOld
          ? t('logs.empty.tooOld', 'Lines of this range are not kept any more')
          : t('logs.empty.quiet', 'No line in this range')
      }
      text={
        isTooOld
          ? t(
              'logs.empty.reach',
              'Lines reach back to {{time}}. With VALTRONICS_ELASTICSEARCH_URL they are kept for longer.',
              { time: clockWords(oldest, now, timeZone) },
            )
          : t('logs.empty.longer', 'The services wrote nothing then. A longer range shows more.')
      }
    >
      <Button size="sm" variant="secondary" icon="clock-nine" onClick={onLonger}>
        {t('logs.empty.day', 'Last 24 hours')}
      </Button>
    </EmptyBox>
  );
}
