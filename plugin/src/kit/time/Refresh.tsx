import { t } from '@grafana/i18n';
import { RefreshPicker } from '@grafana/ui';
import type { PageTime } from './usePageTime';

const INTERVALS = ['10s', '30s', '1m', '5m', '15m'];

interface Props {
  readonly time: Pick<PageTime, 'refresh' | 'refreshNow' | 'setRefresh'>;
  readonly loading: boolean;
}

/** Refresh now, and how often by itself. */
export function Refresh({ time, loading }: Props) {
  return (
    <RefreshPicker
      // Without a text the button has no name for those who cannot see its icon.
      text={t('toolbar.refresh', 'Refresh')}
      value={time.refresh}
      intervals={INTERVALS}
      isLoading={loading}
      onRefresh={time.refreshNow}
      onIntervalChanged={time.setRefresh}
    />
  );
}
