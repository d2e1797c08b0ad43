import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { OpenedTrace } from '../../../domain/traces/openedTrace';
import { timeSpent, traceFailures, type TraceFailure } from '../../../domain/traces/traceFindings';
import { StatusSign } from '../../../kit/status/StatusSign';
import { latencyWords } from '../traceWords';
import { getOpenedStyles } from './openedStyles';

/** So many of each are told of: the waterfall has the others. */
const SHOWN = 3;

function failureWords({ span, message }: TraceFailure): string {
  const where = `${span.operation} (${span.service})`;
  return message === null ? where : `${where}: ${message}`;
}

interface Props {
  readonly trace: OpenedTrace;
  /** Milliseconds of the whole trace. */
  readonly duration: number;
}

/** Where it failed, and where its time went: what somebody would look for in the waterfall. */
export function TraceWhy({ trace, duration }: Props) {
  const styles = useStyles2(getOpenedStyles);
  const failures = traceFailures(trace);
  const spent = timeSpent(trace);
  return (
    <div className={styles.why}>
      {failures.length > 0 && (
        <section>
          <h3 className={styles.part}>{t('traces.opened.whereFailed', 'Where it failed')}</h3>
          <ul className={styles.list}>
            {failures.slice(0, SHOWN).map((failure) => (
              <li key={failure.span.spanId}>
                <StatusSign status="error">
                  <bdi>{failureWords(failure)}</bdi>
                </StatusSign>
              </li>
            ))}
            {failures.length > SHOWN && (
              <li className={styles.quiet}>
                {t('traces.opened.more', 'and {{count}} more', { count: failures.length - SHOWN })}
              </li>
            )}
          </ul>
        </section>
      )}
      <section>
        <h3 className={styles.part}>{t('traces.opened.spent', 'Where the time went')}</h3>
        <ul className={styles.list}>
          {spent.slice(0, SHOWN).map(({ service, operation, self, spans }) => (
            <li key={`${service} ${operation}`} className={styles.spent}>
              <span>{latencyWords(self)}</span>
              <span>
                <bdi>{`${operation} (${service})`}</bdi>
                {spans > 1 && ` × ${spans}`}
                <div
                  aria-hidden="true"
                  className={styles.share}
                  style={{
                    width: `${Math.min(100, (100 * self) / Math.max(duration, self, Number.MIN_VALUE))}%`,
                  }}
                />
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
