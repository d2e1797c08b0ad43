import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { TraceSummary } from '../../../domain/traces/traceSummary';
import { getTraceListStyles } from './traceListStyles';
import { TraceRow } from './TraceRow';

interface Props {
  /** What is listed, for those who hear it. */
  readonly name: string;
  readonly traces: readonly TraceSummary[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Traces, one a row, each as long as it took beside the longest. Needs a box around it that measures its width. */
export function TraceTable({ name, traces, now }: Props) {
  const styles = useStyles2(getTraceListStyles);
  const longest = traces.reduce((most, { duration }) => Math.max(most, duration), 0);
  const heads = [
    t('traces.list.time', 'Time'),
    t('traces.list.operation', 'Operation'),
    t('traces.list.duration', 'Duration'),
    t('traces.list.outcome', 'Outcome'),
    t('traces.list.device', 'Device'),
    t('traces.list.open', 'Open'),
  ];
  return (
    <div role="table" aria-label={name}>
      <div role="row" className={cx(styles.row, styles.head)}>
        {heads.map((head) => (
          <span key={head} role="columnheader">
            {head}
          </span>
        ))}
      </div>
      {traces.map((trace) => (
        <TraceRow key={trace.traceId} trace={trace} longest={longest} now={now} />
      ))}
    </div>
  );
}
