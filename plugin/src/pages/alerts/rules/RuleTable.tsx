import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { AlertRule } from '../../../domain/alerts/rule';
import { groupRules, ruleKey } from '../../../domain/alerts/ruleFilter';
import { RULE_COLUMNS, RuleRow } from './RuleRow';
import { originWord } from './ruleWords';
import type { RuleValues } from './useRuleValues';
import { withKeys } from '../../../kit/uniqueKeys';

/** Of the columns in their order; the name takes what is left. */
const WIDTHS = ['auto', '8.5em', '8.7em', '8em', '7em', '5em', '9.3em'];

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    // What is hidden from the eye stays within the box: the page would grow by it.
    position: 'relative',
    overflowX: 'auto',
  }),
  table: css({
    width: '100%',
    minWidth: '62em',
    // Nothing moves when the values arrive.
    tableLayout: 'fixed',
    '& th, & td': { textAlign: 'left', verticalAlign: 'middle', padding: theme.spacing(0.5, 2, 0.5, 0) },
    '& tbody > tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
    '& thead th': { fontWeight: theme.typography.fontWeightMedium },
    '& th[scope=row]': { fontWeight: 'normal' },
  }),
  group: css({ paddingTop: `${theme.spacing(2)} !important`, color: theme.colors.text.secondary }),
});

interface Props {
  readonly rules: readonly AlertRule[];
  /** Undefined while they are asked for. */
  readonly values: RuleValues | undefined;
  readonly isOpen: (rule: AlertRule) => boolean;
  readonly onToggle: (rule: AlertRule) => void;
  readonly tick: number;
  readonly now: number;
}

/** The rules by group; columns stand below each other all the way down. */
export function RuleTable({ rules, values, isOpen, onToggle, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('alerts.rules.title', 'Alert rules')}>
        <colgroup>
          {WIDTHS.map((width, index) => (
            <col key={index} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('alerts.rules.column.name', 'Rule')}</th>
            <th scope="col">{t('alerts.rules.column.state', 'State')}</th>
            <th scope="col">{t('alerts.rules.column.severity', 'Severity')}</th>
            <th scope="col">{t('alerts.rules.column.limit', 'Limit')}</th>
            <th scope="col">{t('alerts.rules.column.value', 'Now')}</th>
            <th scope="col">{t('alerts.rules.column.hold', 'For')}</th>
            <th scope="col">{t('alerts.rules.column.evaluation', 'Evaluated')}</th>
          </tr>
        </thead>
        {groupRules(rules).map((group) => (
          <tbody key={`${group.origin} ${group.name}`}>
            <tr>
              <th scope="rowgroup" colSpan={RULE_COLUMNS} className={styles.group}>
                <bdi>{group.name}</bdi> · {originWord(group.origin)}
              </th>
            </tr>
            {withKeys(group.rules, ruleKey).map(({ key, item: rule }) => (
              <RuleRow
                key={key}
                rule={rule}
                value={values === undefined ? null : values.get(ruleKey(rule))}
                open={isOpen(rule)}
                onToggle={() => onToggle(rule)}
                tick={tick}
                now={now}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
