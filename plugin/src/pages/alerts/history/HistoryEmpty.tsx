import { t } from '@grafana/i18n';
import { Button, EmptyState } from '@grafana/ui';
import type { History } from '../../../features/alerts/history/loadHistory';

interface Props {
  readonly history: History;
  /** True when the filter hides what there is. */
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

function reason({ problems, store }: History): string {
  if (problems.length > 0) {
    return t(
      'alerts.history.empty.problem',
      'What is missing above would say more: put it right, then look again.',
    );
  }
  return store?.reachesBack === true
    ? t(
        'alerts.history.empty.calm',
        'Neither the store nor Prometheus saw an alert then. A longer range shows more.',
      )
    : t(
        'alerts.history.empty.young',
        'Neither the store nor Prometheus keeps anything of that time. Alerts are kept from now on; the tab Rules shows which there can be.',
      );
}

/** Nothing to show: why, and what to do. */
export function HistoryEmpty({ history, isFiltered, onClear }: Props) {
  if (isFiltered) {
    return (
      <EmptyState
        variant="not-found"
        message={t('alerts.history.empty.filtered', 'No alert of this range is like that')}
        button={
          <Button variant="secondary" onClick={onClear}>
            {t('alerts.history.empty.clear', 'Clear the filter')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState variant="completed" message={t('alerts.history.empty.title', 'No alert fired in this range')}>
      {reason(history)}
    </EmptyState>
  );
}
