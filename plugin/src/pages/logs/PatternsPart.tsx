import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { LogPattern } from '../../domain/logs/logEntry';
import type { LogFilter } from '../../domain/logs/logFilter';
import { numberWords } from '../../kit/words/numbers';
import { PatternRow } from './PatternRow';
import { getPatternStyles } from './patternStyles';

/** Patterns that are shown until all are wanted. */
const SHOWN = 5;

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ ...theme.typography.h5, margin: 0 }),
});

interface Props {
  readonly patterns: readonly LogPattern[];
  /** How many there are, shown or not. */
  readonly total: number;
  readonly filter: LogFilter;
  readonly onChange: (change: Partial<LogFilter>) => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What the lines have in common: what is said how often, since when, and what is new. */
export function PatternsPart({ patterns, total, filter, onChange, now }: Props) {
  const styles = useStyles2(getStyles);
  const rows = useStyles2(getPatternStyles);
  const [all, setAll] = useState(false);
  const shown = all ? patterns : patterns.slice(0, SHOWN);
  const heads = [
    t('logs.patterns.level', 'Level'),
    t('logs.patterns.template', 'Pattern'),
    t('logs.patterns.count', 'Lines'),
    t('logs.patterns.course', 'Course'),
    t('logs.patterns.since', 'Since'),
    t('logs.patterns.service', 'Service and class'),
    t('logs.patterns.actions', 'Show'),
  ];
  const title = t('logs.patterns.title', 'Patterns ({{total}})', { total: numberWords(total) });
  return (
    <section className={rows.room}>
      <h2 className={styles.title}>{title}</h2>
      <div role="table" aria-label={title}>
        <div role="row" className={cx(rows.row, rows.head)}>
          {heads.map((head) => (
            <span key={head} role="columnheader">
              {head}
            </span>
          ))}
        </div>
        {shown.map((pattern) => (
          <PatternRow
            key={pattern.id}
            pattern={pattern}
            isOnly={filter.pattern === pattern.id}
            onOnly={() => onChange({ pattern: filter.pattern === pattern.id ? '' : pattern.id })}
            onHide={() => onChange({ hidden: [...filter.hidden, pattern.id], pattern: '' })}
            now={now}
          />
        ))}
      </div>
      {patterns.length > SHOWN && (
        <Stack direction="row">
          <Button
            size="sm"
            variant="secondary"
            fill="text"
            icon={all ? 'angle-up' : 'angle-down'}
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all
              ? t('logs.patterns.fewer', 'Fewer')
              : t('logs.patterns.more', '{{count}} more', { count: patterns.length - SHOWN })}
          </Button>
        </Stack>
      )}
    </section>
  );
}
