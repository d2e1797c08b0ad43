import { t } from '@grafana/i18n';
import type { TraceFilter, TraceFilterPart } from '../../../domain/traces/traceFilter';
import { workWords } from '../../../kit/time/timeWords';

const PLAIN = { interpolation: { escapeValue: false } } as const;

/** A part of the filter in words, with its value: "service postgres". */
export function traceFilterWords(filter: TraceFilter, part: TraceFilterPart): string {
  switch (part) {
    case 'service':
      return t('traces.part.service', 'service {{service}}', { service: filter.service, ...PLAIN });
    case 'operation':
      return t('traces.part.operation', 'operation {{operation}}', { operation: filter.operation, ...PLAIN });
    case 'minDuration':
      return t('traces.part.minDuration', '{{duration}} and longer', {
        duration: workWords(filter.minDuration / 1000),
      });
    case 'device':
      return t('traces.part.device', 'device {{device}}', { device: filter.device, ...PLAIN });
    case 'correlation':
      return t('traces.part.correlation', 'correlation id {{id}}', { id: filter.correlation, ...PLAIN });
  }
}
