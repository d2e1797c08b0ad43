import type { AppRootProps } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { lazy } from 'react';
import { PLUGIN_ID } from '../api/pluginId';

/** The pages, once the words of the user's language are there. */
const Pages = lazy(async () => {
  await initPluginTranslations(PLUGIN_ID);
  return import('./Pages');
});

/** Root of the app. Grafana puts a suspense boundary around it. */
export default function App(props: AppRootProps) {
  return <Pages {...props} />;
}
