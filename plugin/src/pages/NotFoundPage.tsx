import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { EmptyState } from '@grafana/ui';
import { APP_ROOT } from '../api/pluginId';
import { PageButton } from '../kit/links/PageLink';

/** An address below the app that no page has. */
export function NotFoundPage() {
  return (
    <PluginPage>
      <EmptyState
        variant="not-found"
        message={t('notFound.title', 'There is no such page')}
        button={
          <PageButton to={`${APP_ROOT}/fleet`} icon="apps">
            {t('notFound.fleet', 'Open the fleet')}
          </PageButton>
        }
      />
    </PluginPage>
  );
}
