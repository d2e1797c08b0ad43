import { t } from '@grafana/i18n';
import { Button, Icon, Input } from '@grafana/ui';
import { useMemo } from 'react';
import { RULE_ORIGINS, type AlertRule, type RuleOrigin } from '../../../domain/alerts/rule';
import {
  countStates,
  RULE_SHOW_STATES,
  ruleSeverity,
  type RuleFilter,
  type RuleShowState,
} from '../../../domain/alerts/ruleFilter';
import { compareSeverities } from '../../../domain/alerts/severity';
import { severityWord } from '../../../features/alerts/list/severityLook';
import { Choice } from '../../../kit/fields/Choice';
import { originWord, ruleStateWord } from './ruleWords';
import { FoldedFilters } from '../../../kit/fields/FoldedFilters';

interface Props {
  /** All rules: what can be chosen from. */
  readonly rules: readonly AlertRule[];
  readonly filter: RuleFilter;
  readonly onChange: (filter: Partial<RuleFilter>) => void;
}

function isOpen({ text, states, severities, origins }: RuleFilter): boolean {
  return text === '' && states.length + severities.length + origins.length === 0;
}

/** Search and choices; a choice without alternatives is not offered. */
export function RuleFilters({ rules, filter, onChange }: Props) {
  const severities = useMemo(() => [...new Set(rules.map(ruleSeverity))].sort(compareSeverities), [rules]);
  const origins = RULE_ORIGINS.filter((origin) => rules.some((rule) => rule.origin === origin));
  const counts = useMemo(() => countStates(rules), [rules]);
  return (
    <FoldedFilters
      first={
        <Input
          width={30}
          type="search"
          prefix={<Icon name="search" />}
          aria-label={t('alerts.rules.search', 'Search in names, expressions and labels')}
          placeholder={t('alerts.rules.find', 'Find…')}
          value={filter.text}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
        />
      }
    >
      <Choice<RuleShowState>
        label={t('alerts.rules.column.state', 'State')}
        options={RULE_SHOW_STATES}
        chosen={filter.states}
        onChange={(states) => onChange({ states })}
        words={(state) => `${ruleStateWord(state)} (${counts[state]})`}
      />
      <Choice
        label={t('alerts.rules.column.severity', 'Severity')}
        options={severities}
        chosen={filter.severities}
        onChange={(chosen) => onChange({ severities: chosen })}
        words={severityWord}
      />
      {(origins.length > 1 || filter.origins.length > 0) && (
        <Choice<RuleOrigin>
          label={t('alerts.rules.engine', 'Engine')}
          options={origins}
          chosen={filter.origins}
          onChange={(chosen) => onChange({ origins: chosen })}
          words={originWord}
        />
      )}
      {!isOpen(filter) && (
        <Button
          variant="secondary"
          fill="text"
          icon="times"
          onClick={() => onChange({ text: '', states: [], severities: [], origins: [] })}
        >
          {t('alerts.rules.clear', 'Clear')}
        </Button>
      )}
    </FoldedFilters>
  );
}
