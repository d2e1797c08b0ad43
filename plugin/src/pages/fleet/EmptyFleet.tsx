import { t } from '@grafana/i18n';
import { APP_ROOT } from '../../api/pluginId';
import { EmptyState } from '@grafana/ui';
import { PageLink } from '../../kit/links/PageLink';

/** The platform lists no device: where they would come from. */
export function EmptyFleet() {
  return (
    <EmptyState variant="not-found" message={t('fleet.empty.title', 'The platform has no active devices')}>
      <p>
        {t(
          'fleet.empty.where',
          "Devices come from the platform's database or REST API, or from MQTT when neither is configured.",
        )}{' '}
        <PageLink to={`${APP_ROOT}/system`}>
          {t('fleet.empty.sources', 'See which sources the exporter collects')}
        </PageLink>
      </p>
    </EmptyState>
  );
}

/** Nothing is known of the moment asked for. */
export function NoPicture() {
  return (
    <EmptyState variant="not-found" message={t('fleet.noPicture.title', 'Nothing is known of that time')}>
      <p>
        {t(
          'fleet.noPicture.next',
          'Neither then nor in the day before were devices recorded. Choose another time range.',
        )}
      </p>
    </EmptyState>
  );
}
