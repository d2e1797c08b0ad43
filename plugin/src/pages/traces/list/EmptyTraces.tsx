import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { activeTraceParts, NO_TRACE_FILTER, type TraceFilter } from '../../../domain/traces/traceFilter';
import type { TraceView } from '../../../features/traces/tracesAddress';
import { useApp } from '../../../kit/app/appContext';
import { EmptyBox } from '../../../kit/states/EmptyBox';
import { FilteredAway } from '../../../kit/states/FilteredAway';
import { clockWords } from '../../../kit/time/timeWords';
import { traceFilterWords } from './filterWords';

/** What to set: one or the other; the addresses are examples. */
const MEMORY = 'VALTRONICS_TRACES_BUFFER=500';
const JAEGER =
  'OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger:4318\nVALTRONICS_JAEGER_URL=http://jaeger:16686/jaeger';

/** The exporter makes no traces: how to switch that on. */
export function TracingOff() {
  return (
    <EmptyBox
      title={t('traces.empty.off', 'Tracing is switched off')}
      text={t(
        'traces.empty.offHow',
        'Set one of these and start the exporter again: the first keeps traces in its memory, the second sends them to Jaeger and reads them there. The figures above need neither.',
      )}
      settings={[MEMORY, JAEGER]}
    />
  );
}

/** Tracing is on, and nothing was kept yet. */
export function NoTraceYet() {
  return (
    <EmptyBox
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
      <EmptyBox
        title={t('traces.empty.tooOld', 'Traces of this range are not kept any more')}
        text={t(
          'traces.empty.reach',
          'Traces reach back to {{time}}. A larger VALTRONICS_TRACES_BUFFER keeps more, Jaeger keeps them for longer.',
          { time: clockWords(oldest, now, timeZone) },
        )}
      >
        {longer}
      </EmptyBox>
    );
  const parts = activeTraceParts(filter);
  if (parts.length > 0)
    return (
      <FilteredAway
        title={t('traces.empty.filtered', 'No trace of this range fits the filter')}
        parts={parts}
        words={(part) => traceFilterWords(filter, part)}
        onRemove={(part) => onChange({ [part]: NO_TRACE_FILTER[part] })}
        onClear={() => onChange(NO_TRACE_FILTER)}
      />
    );
  if (view === 'failing')
    return <EmptyBox title={t('traces.empty.calm', 'No trace with an error in this range')} />;
  return (
    <EmptyBox
      title={t('traces.empty.quiet', 'No trace in this range')}
      text={t('traces.empty.longer', 'Nothing was kept then. A longer range shows more.')}
    >
      {longer}
    </EmptyBox>
  );
}
