import { locationUtil, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Menu } from '@grafana/ui';
import { useApp } from '../app/appContext';
import { promqlPath } from '../links/explore';

interface Props {
  /** PromQL behind the chart, or the nearest to it. */
  readonly expressions: readonly string[];
  readonly range: TimeRange;
}

/** The way on from a chart, as panels of dashboards have it: its queries and its time in Explore. */
export function ChartMenu({ expressions, range }: Props) {
  const { settings } = useApp();
  return (
    <Menu>
      <Menu.Item
        label={t('chart.explore', 'Explore')}
        icon="compass"
        url={locationUtil.assureBaseUrl(promqlPath(settings.prometheusUid, expressions, range))}
      />
    </Menu>
  );
}
