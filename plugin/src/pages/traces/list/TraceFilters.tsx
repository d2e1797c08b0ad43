import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import type { TracedService } from '../../../api/traceShapes';
import { activeTraceParts, NO_TRACE_FILTER, type TraceFilter } from '../../../domain/traces/traceFilter';
import { idFilter } from '../../../domain/logs/logFilter';
import { tracePath } from '../../../features/traces/tracesAddress';
import { DeviceField } from '../../../kit/fields/DeviceField';
import { DelayedInput } from '../../../kit/fields/DelayedInput';
import { FoldedFilters } from '../../../kit/fields/FoldedFilters';
import { OneOf } from '../../../kit/fields/OneOf';
import { workWords } from '../../../kit/time/timeWords';

/** Shortest durations to choose from, milliseconds. */
const DURATIONS = ['10', '50', '100', '250', '500', '1000', '5000'];

interface Props {
  readonly filter: TraceFilter;
  readonly services: readonly TracedService[];
  readonly onChange: (change: Partial<TraceFilter>) => void;
}

const withoutSpace = (text: string): string => text.trim();

function durationChoice(ms: string): string {
  return t('traces.filter.from', 'from {{duration}}', { duration: workWords(Number(ms) / 1000) });
}

/** What is chosen can be taken back, also where nothing is like that any more. */
function withChosen(names: readonly string[], chosen: string): string[] {
  return [...new Set([...names, ...(chosen === '' ? [] : [chosen])])].sort();
}

/** The whole id of a trace opens it; anything else is a correlation id. */
function useIdField(onChange: Props['onChange']): (id: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (text: string) => {
      const { trace, correlation } = idFilter(text);
      if (trace !== '') navigate(tracePath(trace));
      else onChange({ correlation });
    },
    [navigate, onChange],
  );
}

/** Which traces are listed. */
export function TraceFilters({ filter, services, onChange }: Props) {
  const onDevice = useCallback((device: string) => onChange({ device }), [onChange]);
  const onId = useIdField(onChange);
  const names = useMemo(
    () =>
      withChosen(
        services.map(({ service }) => service),
        filter.service,
      ),
    [services, filter.service],
  );
  const operations = useMemo(() => {
    const of = services.filter(({ service }) => filter.service === '' || filter.service === service);
    return withChosen(
      of.flatMap((service) => service.operations),
      filter.operation,
    );
  }, [services, filter.service, filter.operation]);
  return (
    <FoldedFilters
      first={
        <DelayedInput
          label={t('traces.filter.id', 'Trace or correlation id')}
          placeholder={t('traces.filter.id', 'Trace or correlation id')}
          icon="search"
          width={28}
          value={filter.correlation}
          onChange={onId}
          meaning={withoutSpace}
        />
      }
    >
      <OneOf
        label={t('traces.filter.service', 'Service')}
        options={names}
        chosen={filter.service}
        onChange={(service) => onChange({ service, operation: '' })}
      />
      <OneOf
        label={t('traces.filter.operation', 'Operation')}
        options={operations}
        chosen={filter.operation}
        onChange={(operation) => onChange({ operation })}
      />
      <OneOf
        label={t('traces.filter.duration', 'Duration')}
        options={withChosen(DURATIONS, filter.minDuration > 0 ? String(filter.minDuration) : '').sort(
          (a, b) => Number(a) - Number(b),
        )}
        chosen={filter.minDuration > 0 ? String(filter.minDuration) : ''}
        onChange={(ms) => onChange({ minDuration: Number(ms) })}
        words={durationChoice}
      />
      <DeviceField value={filter.device} onChange={onDevice} />
      {activeTraceParts(filter).length > 0 && (
        <Button variant="secondary" fill="text" icon="times" onClick={() => onChange(NO_TRACE_FILTER)}>
          {t('traces.filter.clear', 'Clear')}
        </Button>
      )}
    </FoldedFilters>
  );
}
