import { t } from '@grafana/i18n';
import { Checkbox, Icon, useStyles2 } from '@grafana/ui';
import type { AlertGroup } from '../../../domain/alerts/group';
import { getListStyles, LIST_COLUMNS } from './listStyles';
import { SeverityLabel } from './SeverityLabel';

interface Props {
  readonly group: AlertGroup;
  /** The label that the group has in common. */
  readonly label: string;
  readonly closed: boolean;
  readonly onToggle: () => void;
  readonly selected: ReadonlySet<string> | undefined;
  readonly onSelect: (checked: boolean) => void;
  /** Place in the whole list, from 1. */
  readonly index: number;
}

/** What a group is called: its value, or that it has none. */
export function groupName({ value }: Pick<AlertGroup, 'value'>, label: string): string {
  if (value !== undefined) return value;
  return t('alerts.active.without', 'without {{label}}', {
    label,
    interpolation: { escapeValue: false },
  });
}

/** "2 of 3 firing": the heading of a group. */
export function AlertGroupRow({ group, label, closed, onToggle, selected, onSelect, index }: Props) {
  const styles = useStyles2(getListStyles);
  const chosen = group.alerts.filter(({ fingerprint }) => selected?.has(fingerprint) === true).length;
  const name = groupName(group, label);
  return (
    <div role="row" aria-rowindex={index} className={styles.group}>
      {selected !== undefined && (
        <div role="cell">
          <Checkbox
            aria-label={t('alerts.active.selectGroup', 'Select all of {{name}}', {
              name,
              interpolation: { escapeValue: false },
            })}
            value={chosen === group.alerts.length}
            indeterminate={chosen > 0 && chosen < group.alerts.length}
            onChange={({ currentTarget }) => onSelect(currentTarget.checked)}
          />
        </div>
      )}
      <div role="cell">
        <button type="button" className={styles.open} aria-expanded={!closed} onClick={onToggle}>
          <Icon name={closed ? 'angle-right' : 'angle-down'} />
          <bdi className={styles.groupName}>{name}</bdi>
        </button>
      </div>
      <div role="cell">
        <SeverityLabel severity={group.severity} />
      </div>
      <div role="cell" aria-colspan={LIST_COLUMNS - 3} className={styles.quiet}>
        {t('alerts.active.ofFiring', '{{firing}} of {{total}} firing', {
          firing: group.firing,
          total: group.alerts.length,
        })}
      </div>
    </div>
  );
}
