import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { activeTraceParts, NO_TRACE_FILTER, type TraceFilter } from '../../../domain/traces/traceFilter';
import type { TraceView } from '../../../features/traces/tracesAddress';
import { useApp } from '../../../kit/app/appContext';
import { clockWords } from '../../../kit/time/timeWords';
import { traceFilterWords } from './filterWords';

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
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  }),
});

interface BoxProps {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

function Box({ title, text, children }: BoxProps) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.box} role="status">
      <h2 className={styles.title}>{title}</h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children}
    </section>
  );
}

/** What to set: one or the other; the addresses are examples. */
const MEMORY = 'VALTRONICS_TRACES_BUFFER=500';
const JAEGER =
  'OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger:4318\nVALTRONICS_JAEGER_URL=http://jaeger:16686/jaeger';

/** The exporter makes no traces: how to switch that on. */
export function TracingOff() {
  const styles = useStyles2(getStyles);
  return (
    <Box
      title={t('traces.empty.off', 'Tracing is switched off')}
      text={t(
        'traces.empty.offHow',
        'Set one of these and start the exporter again: the first keeps traces in its memory, the second sends them to Jaeger and reads them there. The figures above need neither.',
      )}
    >
      <pre className={styles.code}>{MEMORY}</pre>
      <pre className={styles.code}>{JAEGER}</pre>
    </Box>
  );
}

/** Tracing is on, and nothing was kept yet. */
export function NoTraceYet() {
  return (
    <Box
      title={t('traces.empty.none', 'No trace was kept yet')}
      text={t(
        'traces.empty.noneHow',
        'Each request through the gateway makes one, and each collection of the exporter. Which of them are kept is up to OTEL_TRACES_SAMPLER; what fails or is slow is kept besides.',
      )}
    />
  );
}

interface Props {
  readonly view: TraceView;
  readonly filter: TraceFilter;
  /** How far back traces reach, milliseconds since the epoch; null when nobody knows. */
  readonly oldest: number | null;
  /** End of the range, milliseconds since the epoch. */
  readonly rangeEnd: number;
  readonly onChange: (change: Partial<TraceFilter>) => void;
  /** Looks at the last 24 hours. */
  readonly onLonger: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The filter keeps them away: which part of it, and how to take it back. */
function Filtered({ filter, onChange }: Pick<Props, 'filter' | 'onChange'>) {
  const parts = activeTraceParts(filter);
  return (
    <Box title={t('traces.empty.filtered', 'No trace of this range fits the filter')}>
      <Stack direction="row" gap={1} wrap="wrap">
        {parts.map((part) => (
          <Button
            key={part}
            size="sm"
            variant="secondary"
            icon="times"
            aria-label={t('traces.empty.without', 'Without: {{part}}', {
              part: traceFilterWords(filter, part),
              interpolation: { escapeValue: false },
            })}
            onClick={() => onChange({ [part]: NO_TRACE_FILTER[part] })}
          >
            {traceFilterWords(filter, part)}
          </Button>
        ))}
        {parts.length > 1 && (
          <Button size="sm" variant="secondary" onClick={() => onChange(NO_TRACE_FILTER)}>
            {t('traces.empty.clear', 'Clear the filter')}
          </Button>
        )}
      </Stack>
    </Box>
  );
}

/** No trace to list: why, and what to do. */
export function NoTraceHere({ view, filter, oldest, rangeEnd, onChange, onLonger, now }: Props) {
  const { timeZone } = useApp();
  const longer = (
    <Button size="sm" variant="secondary" icon="clock-nine" onClick={onLonger}>
      {t('traces.empty.day', 'Last 24 hours')}
    </Button>
  );
  if (oldest !== null && rangeEnd <= oldest)
    return (
      <Box
        title={t('traces.empty.tooOld', 'Traces of this range are not kept any more')}
        text={t(
          'traces.empty.reach',
          'Traces reach back to {{time}}. A larger VALTRONICS_TRACES_BUFFER keeps more, Jaeger keeps them for longer.',
          { time: clockWords(oldest, now, timeZone) },
        )}
      >
        {longer}
      </Box>
    );
  if (activeTraceParts(filter).length > 0) return <Filtered filter={filter} onChange={onChange} />;
  if (view === 'failing')
    return <Box title={t('traces.empty.calm', 'No trace with an error in this range')} />;
  return (
    <Box
      title={t('traces.empty.quiet', 'No trace in this range')}
      text={t('traces.empty.longer', 'Nothing was kept then. A longer range shows more.')}
    >
      {longer}
    </Box>
  );
}
