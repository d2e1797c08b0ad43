import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { TraceSummary } from '../../../domain/traces/traceSummary';
import { tracePath } from '../../../features/traces/tracesAddress';
import { PageLink } from '../../../kit/links/PageLink';
import { errorWords, latencyWords } from '../../../features/traces/traceWords';
import { Missing } from '../../../kit/states/Missing';
import { StatusSign } from '../../../kit/status/StatusSign';
import { errorStatus, rateWords } from './HeadNumbers';
import type { RequestFigures } from './requestFigures';
import { getRequestTableStyles } from './requestTableStyles';

interface Props {
  readonly item: RequestFigures;
  /** The slowest kept trace of it; null where none is kept, undefined while nobody knows. */
  readonly slowest: TraceSummary | null | undefined;
  /** True when it is the only one that is looked at. */
  readonly isOnly: boolean;
  readonly onOnly: () => void;
}

function Seconds({ value }: { readonly value: number | null }) {
  if (value !== null) return latencyWords(value * 1000);
  return <Missing reason={t('traces.requests.noDuration', 'No duration was measured')} />;
}

function Slowest({ trace }: { readonly trace: Props['slowest'] }) {
  if (trace === undefined)
    return <Missing reason={t('traces.requests.unread', 'Traces were not read yet')} />;
  if (trace === null)
    return <Missing reason={t('traces.requests.noTrace', 'No trace of it is kept in this range')} />;
  return <PageLink to={tracePath(trace.traceId)}>{latencyWords(trace.duration)} ›</PageLink>;
}

/** How often, how well and how fast one of them is; a press looks at it alone. */
export function RequestRow({ item, slowest, isOnly, onOnly }: Props) {
  const styles = useStyles2(getRequestTableStyles);
  const { name, rate, errorRate, median, slow } = item;
  return (
    <div role="row" className={cx(styles.row, isOnly && styles.chosen)}>
      <span role="cell">
        <button
          type="button"
          className={styles.name}
          aria-pressed={isOnly}
          title={t('traces.requests.only', 'Look at it alone')}
          onClick={onOnly}
        >
          <bdi>{name}</bdi>
        </button>
      </span>
      <span role="cell" className={styles.number}>
        {rateWords(rate)}
      </span>
      <span role="cell" className={styles.number}>
        {errorRate === null ? (
          <Missing reason={t('traces.requests.none', 'There was no request')} />
        ) : (
          <StatusSign status={errorStatus(errorRate)}>{errorWords(errorRate)}</StatusSign>
        )}
      </span>
      <span role="cell" className={styles.number}>
        <Seconds value={median} />
      </span>
      <span role="cell" className={styles.number}>
        <Seconds value={slow} />
      </span>
      <span role="cell" className={styles.number}>
        <Slowest trace={slowest} />
      </span>
    </div>
  );
}
