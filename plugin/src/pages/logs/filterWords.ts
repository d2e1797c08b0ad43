import { t } from '@grafana/i18n';
import type { LogFilter, LogFilterPart } from '../../domain/logs/logFilter';
import { categoryWord, levelWord } from '../../features/logs/levelLook';

const PLAIN = { interpolation: { escapeValue: false } } as const;

/** A part of the filter in words, with its value: "level error, critical". */
export function filterPartWords(filter: LogFilter, part: LogFilterPart): string {
  switch (part) {
    case 'text':
      return t('logs.part.text', 'text "{{text}}"', { text: filter.text, ...PLAIN });
    case 'services':
      return t('logs.part.services', 'service {{services}}', {
        services: filter.services.join(', '),
        ...PLAIN,
      });
    case 'levels':
      return t('logs.part.levels', 'level {{levels}}', { levels: filter.levels.map(levelWord).join(', ') });
    case 'category':
      return t('logs.part.category', 'category {{category}}', {
        category: filter.category === '' ? '' : categoryWord(filter.category),
      });
    case 'device':
      return t('logs.part.device', 'device {{device}}', { device: filter.device, ...PLAIN });
    case 'trace':
      return t('logs.part.trace', 'trace {{id}}', { id: filter.trace, ...PLAIN });
    case 'correlation':
      return t('logs.part.correlation', 'correlation id {{id}}', { id: filter.correlation, ...PLAIN });
    case 'pattern':
      return t('logs.part.pattern', 'one pattern');
    case 'hidden':
      return t('logs.part.hidden', '{{count}} patterns hidden', { count: filter.hidden.length });
  }
}
