import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import { activeParts, NO_LOG_FILTER, type LogFilter } from '../../domain/logs/logFilter';
import type { LogStatistics } from '../../api/logShapes';
import { useApp } from '../../kit/app/appContext';
import { clockWords } from '../../kit/time/timeWords';
import { filterPartWords } from './filterWords';

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    padding: theme.spacing(3, 2),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    display: 'grid',
    gap: theme.spacing(1.5),
    justifyItems: 'start',
    overflowWrap: 'anywhere',
  }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  text: css({ color: theme.colors.text.secondary, margin: 0, maxWidth: '52em' }),
  code: css({
    margin: 0,
    padding: theme.spacing(1),
    maxWidth: '100%',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  }),
});

/** How the exporter is told of the services' files; the names are examples. */
const EXAMPLE =
  'VALTRONICS_LOG_SOURCES=valtronics-api=/var/log/valtronics/*.log,postgres=/var/log/postgresql/*.log';

/** No line was ever read: nobody said from where, or nothing came yet. */
export function NoLineYet({ sources }: Pick<LogStatistics, 'sources'>) {
  const styles = useStyles2(getStyles);
  const isUnset = sources === 0;
  return (
    <section className={styles.box} role="status">
      <h2 className={styles.title}>
        {isUnset
          ? t('logs.empty.noSource', 'No source of lines is configured')
          : t('logs.empty.noLine', 'No line was read yet')}
      </h2>
      <p className={styles.text}>
        {isUnset
          ? t(
              'logs.empty.howTo',
              'Name the files of each service in the exporter’s settings. Programs may also send lines to POST /api/v1/logs, or by syslog to VALTRONICS_SYSLOG_LISTEN.',
            )
          : t(
              'logs.empty.wait',
              'The exporter waits for lines. Check that the paths in its settings fit the files, and that it may read them.',
            )}
      </p>
      <pre className={styles.code}>{EXAMPLE}</pre>
    </section>
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

/** The filter keeps them away: which part of it, and how to take it back. */
function Filtered({ filter, onChange }: Pick<Props, 'filter' | 'onChange'>) {
  const styles = useStyles2(getStyles);
  const parts = activeParts(filter);
  return (
    <section className={styles.box} role="status">
      <h2 className={styles.title}>{t('logs.empty.filtered', 'No line of this range fits the filter')}</h2>
      <Stack direction="row" gap={1} wrap="wrap">
        {parts.map((part) => (
          <Button
            key={part}
            size="sm"
            variant="secondary"
            icon="times"
            aria-label={t('logs.empty.without', 'Without: {{part}}', {
              part: filterPartWords(filter, part),
              interpolation: { escapeValue: false },
            })}
            onClick={() => onChange({ [part]: NO_LOG_FILTER[part] })}
          >
            {filterPartWords(filter, part)}
          </Button>
        ))}
        {parts.length > 1 && (
          <Button size="sm" variant="secondary" onClick={() => onChange(NO_LOG_FILTER)}>
            {t('logs.empty.clear', 'Clear the filter')}
          </Button>
        )}
      </Stack>
    </section>
  );
}

/** No line to show: why, and what to do. */
export function NoLineHere({ filter, oldest, rangeEnd, onChange, onLonger, now }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const isTooOld = oldest !== null && rangeEnd <= oldest;
  if (!isTooOld && activeParts(filter).length > 0) return <Filtered filter={filter} onChange={onChange} />;
  return (
    <section className={styles.box} role="status">
      <h2 className={styles.title}>
        {isTooOld
          ? t('logs.empty.tooOld', 'Lines of this range are not kept any more')
          : t('logs.empty.quiet', 'No line in this range')}
      </h2>
      <p className={styles.text}>
        {isTooOld
          ? t(
              'logs.empty.reach',
              'Lines reach back to {{time}}. With VALTRONICS_ELASTICSEARCH_URL they are kept for longer.',
              { time: clockWords(oldest, now, timeZone) },
            )
          : t('logs.empty.longer', 'The services wrote nothing then. A longer range shows more.')}
      </p>
      <Button size="sm" variant="secondary" icon="clock-nine" onClick={onLonger}>
        {t('logs.empty.day', 'Last 24 hours')}
      </Button>
    </section>
  );
}
