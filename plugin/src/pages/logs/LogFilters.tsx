import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { LOG_CATEGORIES, LOG_LEVELS } from '../../domain/logs/logEntry';
import { activeParts, idFilter, NO_LOG_FILTER, type LogFilter } from '../../domain/logs/logFilter';
import { categoryWord, LEVEL_GLYPHS, levelWord } from '../../features/logs/levelLook';
import { Choice } from '../../kit/fields/Choice';
import { DeviceField } from '../../kit/fields/DeviceField';
import { DelayedInput } from '../../kit/fields/DelayedInput';
import { FoldedFilters } from '../../kit/fields/FoldedFilters';
import { OneOf } from '../../kit/fields/OneOf';
import { filterPartWords } from './filterWords';

interface Props {
  readonly filter: LogFilter;
  /** Services that ever wrote a line. */
  readonly services: readonly string[];
  readonly onChange: (change: Partial<LogFilter>) => void;
}

function categoryWords(value: string): string {
  const category = LOG_CATEGORIES.find((known) => known === value);
  return category === undefined ? value : categoryWord(category);
}

function idOf(text: string): string {
  const { trace, correlation } = idFilter(text);
  return trace === '' ? correlation : trace;
}

/** Fields for what a line may be about. */
function AboutFields({ filter, onChange }: Omit<Props, 'services'>) {
  const onDevice = useCallback((device: string) => onChange({ device }), [onChange]);
  const onId = useCallback((id: string) => onChange(idFilter(id)), [onChange]);
  return (
    <>
      <DeviceField value={filter.device} onChange={onDevice} />
      <DelayedInput
        label={t('logs.filter.id', 'Trace or correlation id')}
        placeholder={t('logs.filter.id', 'Trace or correlation id')}
        icon="link"
        width={28}
        value={filter.trace === '' ? filter.correlation : filter.trace}
        onChange={onId}
        meaning={idOf}
      />
    </>
  );
}

/** Search and choices; bars, patterns and lines all obey them. */
export function LogFilters({ filter, services, onChange }: Props) {
  const onText = useCallback((text: string) => onChange({ text }), [onChange]);
  // What is chosen can be taken back, also where nothing is like that any more.
  const names = useMemo(
    () => [...new Set([...services, ...filter.services])].sort(),
    [services, filter.services],
  );
  const parts = activeParts(filter);
  return (
    <FoldedFilters
      first={
        <DelayedInput
          label={t('logs.filter.search', 'Search in messages')}
          placeholder={t('logs.filter.find', 'Find…')}
          icon="search"
          width={26}
          value={filter.text}
          onChange={onText}
        />
      }
    >
      <Choice
        label={t('logs.filter.service', 'Service')}
        options={names}
        chosen={filter.services}
        onChange={(chosen) => onChange({ services: chosen })}
      />
      <Choice
        label={t('logs.filter.level', 'Level')}
        options={LOG_LEVELS}
        chosen={filter.levels}
        onChange={(levels) => onChange({ levels })}
        words={(level) => `${LEVEL_GLYPHS[level]} ${levelWord(level)}`}
      />
      <OneOf
        label={t('logs.filter.category', 'Category')}
        options={LOG_CATEGORIES}
        chosen={filter.category}
        onChange={(value) =>
          onChange({ category: LOG_CATEGORIES.find((category) => category === value) ?? '' })
        }
        words={categoryWords}
      />
      <AboutFields filter={filter} onChange={onChange} />
      {filter.pattern !== '' && (
        <Button variant="secondary" icon="times" onClick={() => onChange({ pattern: '' })}>
          {t('logs.filter.allPatterns', 'Only one pattern: show all')}
        </Button>
      )}
      {filter.hidden.length > 0 && (
        <Button variant="secondary" icon="times" onClick={() => onChange({ hidden: [] })}>
          {t('logs.filter.showHidden', '{{words}}: show', { words: filterPartWords(filter, 'hidden') })}
        </Button>
      )}
      {parts.length > 0 && (
        <Button variant="secondary" fill="text" icon="times" onClick={() => onChange(NO_LOG_FILTER)}>
          {t('logs.filter.clear', 'Clear')}
        </Button>
      )}
    </FoldedFilters>
  );
}
