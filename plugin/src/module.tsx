import { AppPlugin, type AppPluginMeta, type PluginConfigPageProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { ALERT_LINKS } from './extensions/alertLinks';
import { PALETTE_LINKS, PANEL_LINK } from './extensions/links';

// Everything a visitor does not need at once stays in chunks of its own: Grafana may fetch this entry on any page.
const RootPage = lazy(() => import('./pages/App'));
const ConfigPage = lazy(() => import('./pages/config/ConfigPage'));

/** Grafana puts a suspense boundary around root pages only. */
function Configuration(props: PluginConfigPageProps<AppPluginMeta>) {
  return (
    <Suspense fallback={null}>
      <ConfigPage {...props} />
    </Suspense>
  );
}

export const plugin = new AppPlugin()
  .setRootPage(RootPage)
  .addConfigPage({ title: 'Configuration', icon: 'cog', id: 'configuration', body: Configuration })
  .addLink(PANEL_LINK);

for (const link of [...ALERT_LINKS, ...PALETTE_LINKS]) plugin.addLink(link);
