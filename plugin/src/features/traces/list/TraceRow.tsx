import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { TraceSummary } from '../../../domain/traces/traceSummary';
import { logsPath } from '../../logs/logsAddress';
import { tracePath } from '../tracesAddress';
import { useApp } from '../../../kit/app/appContext';
import { DeviceLink } from '../../../kit/links/DeviceLink';
import { PageButton, PageLink } from '../../../kit/links/PageLink';
import { StatusSign } from '../../../kit/status/StatusSign';
import { fullTime, preciseWords, workWords } from '../../../kit/time/timeWords';
import { getTraceListStyles } from './traceListStyles';

/** Lines of a trace are looked for in so much time around it, milliseconds. */
const AROUND = 60_000;

interface Props {
  readonly trace: TraceSummary;
  /** Duration of the longest one in the list, milliseconds. */
  readonly longest: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The log lines of the trace. */
function linesPath({ traceId, start, duration }: TraceSummary): string {
  return logsPath({ trace: traceId }, { from: start - AROUND, to: start + duration + AROUND });
}

/** Who took part, and in how many steps. */
function partWords({ services, spanCount }: TraceSummary): string {
  const spans = t('traces.list.spans', '{{count}} spans', { count: spanCount });
  return `${services.join(', ')} · ${spans}`;
}

function Outcome({ isFailed, httpStatus }: Pick<TraceSummary, 'isFailed' | 'httpStatus'>) {
  if (isFailed)
    return <StatusSign status="error">{httpStatus ?? t('traces.list.failed', 'failed')}</StatusSign>;
  return <StatusSign status="online">{httpStatus ?? t('traces.list.ok', 'ok')}</StatusSign>;
}

/** A trace: when, what, how long, how it ended, of which device, and the ways on. */
export function TraceRow({ trace, longest, now }: Props) {
  const styles = useStyles2(getTraceListStyles);
  const { timeZone } = useApp();
  const { traceId, operation, start, duration, error, deviceId } = trace;
  return (
    <div role="row" className={styles.row}>
      <span role="cell">
        <time dateTime={new Date(start).toISOString()} title={fullTime(start, timeZone)}>
          {preciseWords(start, now, timeZone)}
        </time>
      </span>
      <span role="cell" className={styles.what}>
        <PageLink to={tracePath(traceId)} className={styles.operation}>
          <bdi>{operation}</bdi>
        </PageLink>{' '}
        <bdi className={styles.quiet}>{partWords(trace)}</bdi>
        {error !== null && (
          <>
            <br />
            <bdi className={styles.error}>{error}</bdi>
          </>
        )}
      </span>
      <span role="cell" className={styles.duration}>
        {workWords(duration / 1000)}
        <div
          aria-hidden="true"
          className={styles.length}
          style={{ width: `${(100 * duration) / Math.max(longest, duration, 1)}%` }}
        />
      </span>
      <span role="cell">
        <Outcome {...trace} />
      </span>
      <span role="cell">{deviceId !== null && <DeviceLink deviceId={deviceId} name="" />}</span>
      <span role="cell" className={styles.actions}>
        <PageButton to={tracePath(traceId)} icon="gf-traces" size="sm">
          {t('traces.list.waterfall', 'Waterfall')}
        </PageButton>
        <PageButton to={linesPath(trace)} icon="gf-logs" size="sm">
          {t('traces.list.logs', 'Logs')}
        </PageButton>
      </span>
    </div>
  );
}
