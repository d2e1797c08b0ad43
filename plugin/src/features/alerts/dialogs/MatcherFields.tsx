import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, IconButton, Input, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { matcherOperator } from '../../../domain/alerts/matchers';
import type { Matcher } from '../../../domain/alerts/silence';

const OPERATORS = ['=', '!=', '=~', '!~'] as const;
type Operator = (typeof OPERATORS)[number];

const EMPTY: Matcher = { name: '', value: '', isRegex: false, isEqual: true };

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'grid', gap: theme.spacing(1) }),
  row: css({
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'minmax(6em, 1fr) 5.5em minmax(8em, 2fr) auto',
    alignItems: 'center',
  }),
});

function operatorOf(matcher: Matcher): Operator {
  const operator = matcherOperator(matcher);
  return OPERATORS.find((known) => known === operator) ?? '=';
}

interface RowProps {
  readonly matcher: Matcher;
  readonly onChange: (matcher: Matcher) => void;
  readonly onRemove: () => void;
}

function MatcherRow({ matcher, onChange, onRemove }: RowProps) {
  const styles = useStyles2(getStyles);
  const operatorId = useId();
  return (
    <div className={styles.row}>
      <Input
        aria-label={t('alerts.actions.matcherName', 'Label')}
        placeholder={t('alerts.actions.matcherName', 'Label')}
        value={matcher.name}
        onChange={({ currentTarget }) => onChange({ ...matcher, name: currentTarget.value })}
      />
      <span id={operatorId} hidden>
        {t('alerts.actions.matcherOperator', 'Comparison')}
      </span>
      <Combobox<Operator>
        aria-labelledby={operatorId}
        options={OPERATORS.map((value) => ({ value, label: value }))}
        value={operatorOf(matcher)}
        onChange={({ value }) =>
          onChange({ ...matcher, isRegex: value.endsWith('~'), isEqual: value.startsWith('=') })
        }
      />
      <Input
        aria-label={t('alerts.actions.matcherValue', 'Value')}
        placeholder={t('alerts.actions.matcherValue', 'Value')}
        value={matcher.value}
        onChange={({ currentTarget }) => onChange({ ...matcher, value: currentTarget.value })}
      />
      <IconButton
        name="times"
        tooltip={t('alerts.actions.matcherRemove', 'Remove this matcher')}
        onClick={onRemove}
      />
    </div>
  );
}

interface Props {
  readonly matchers: readonly Matcher[];
  readonly onChange: (matchers: readonly Matcher[]) => void;
}

/** Label matchers, one a row. */
export function MatcherFields({ matchers, onChange }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.list} role="group" aria-label={t('alerts.actions.matchers', 'Matchers')}>
      {matchers.map((matcher, index) => (
        <MatcherRow
          // A row has no identity but its place.
          key={index}
          matcher={matcher}
          onChange={(changed) => onChange(matchers.map((one, at) => (at === index ? changed : one)))}
          onRemove={() => onChange(matchers.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button
          size="sm"
          variant="secondary"
          icon="plus"
          type="button"
          onClick={() => onChange([...matchers, EMPTY])}
        >
          {t('alerts.actions.matcherAdd', 'Add a matcher')}
        </Button>
      </div>
    </div>
  );
}
