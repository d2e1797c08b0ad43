import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, LinkButton } from '@grafana/ui';
import { APP_ROOT } from '../api/pluginId';

/** An address below the app that no page has. */
export function NotFoundPage() {
  return (
    <PluginPage>
      <EmptyState
        variant="not-found"
        message={t('notFound.title', 'There is no such page')}
        button={<LinkButton href={`${APP_ROOT}/fleet`}>{t('notFound.fleet', 'Open the fleet')}</LinkButton>}
      />
    </PluginPage>
  );
}
