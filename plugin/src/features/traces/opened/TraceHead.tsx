import { t } from '@grafana/i18n';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { TraceFacts } from '../../../domain/traces/traceFindings';
import { useApp } from '../../../kit/app/appContext';
import { DeviceLink } from '../../../kit/links/DeviceLink';
import { PageLink } from '../../../kit/links/PageLink';
import { StatusSign } from '../../../kit/status/StatusSign';
import { fullTime, preciseWords } from '../../../kit/time/timeWords';
import { numberWords } from '../../../kit/words/numbers';
import { tracesPath } from '../tracesAddress';
import { latencyWords } from '../traceWords';
import { getOpenedStyles } from './openedStyles';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function spanCountWords(count: number, failed: number): string {
  const spans = t('traces.opened.spans', '{{formatted}} spans', { count, formatted: numberWords(count) });
  if (failed === 0) return spans;
  return `${spans}, ${t('traces.opened.failedSpans', '{{formatted}} failed', { count: failed, formatted: numberWords(failed) })}`;
}

interface Props {
  readonly facts: TraceFacts;
  readonly spanCount: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a trace is: of what, when, how long, how it ended, and whom it is about. */
export function TraceHead({ facts, spanCount, now }: Props) {
  const styles = useStyles2(getOpenedStyles);
  const { timeZone } = useApp();
  const { first, start, duration, httpStatus, failedSpans, services, deviceId, correlationId } = facts;
  const isFailed = first.isFailed || failedSpans > 0;
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>
        <bdi>{first.operation}</bdi>{' '}
        <StatusSign status={first.isFailed ? 'error' : isFailed ? 'warning' : 'online'}>
          {httpStatus ?? (isFailed ? t('traces.opened.failed', 'failed') : t('traces.opened.ok', 'ok'))}
        </StatusSign>{' '}
        {latencyWords(duration)}
      </h2>
      <dl className={styles.facts}>
        <Fact name={t('traces.opened.start', 'Began')}>
          <time dateTime={new Date(start).toISOString()} title={fullTime(start, timeZone)}>
            {preciseWords(start, now, timeZone)}
          </time>
        </Fact>
        <Fact name={t('traces.opened.services', 'Services')}>
          <bdi>{services.join(', ')}</bdi> · {spanCountWords(spanCount, failedSpans)}
        </Fact>
        {deviceId !== null && (
          <Fact name={t('traces.opened.device', 'Device')}>
            <DeviceLink deviceId={deviceId} name="" />
          </Fact>
        )}
        {correlationId !== null && (
          <Fact name={t('traces.opened.correlation', 'Correlation id')}>
            <PageLink to={tracesPath({ filter: { correlation: correlationId }, view: 'all' })}>
              <bdi className={styles.id}>{correlationId}</bdi>
            </PageLink>{' '}
            <ClipboardButton
              size="sm"
              fill="text"
              variant="secondary"
              icon="copy"
              aria-label={t('traces.opened.copyCorrelation', 'Copy the correlation id')}
              getText={() => correlationId}
            />
          </Fact>
        )}
      </dl>
      {!facts.isWhole && (
        <p className={styles.quiet}>
          {t(
            'traces.opened.notWhole',
            'The span that it began with is not here: another system made it, or it has not ended yet.',
          )}
        </p>
      )}
    </div>
  );
}
