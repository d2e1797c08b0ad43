import type { AppPluginMeta, PluginConfigPageProps } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import { PLUGIN_ID } from '../../api/pluginId';

/** The form, once the words of the user's language are there. */
const ConfigForm = lazy(async () => {
  await initPluginTranslations(PLUGIN_ID);
  return import('./ConfigForm');
});

/** The configuration page within Grafana's own pages of the plugin. */
export default function ConfigPage({ plugin }: PluginConfigPageProps<AppPluginMeta>) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="…" />}>
      <ConfigForm meta={plugin.meta} />
    </Suspense>
  );
}
