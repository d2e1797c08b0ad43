import { PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { AlertsPanel } from './AlertsPanel';
import { addOptions } from './options/add-options';
import { migrateOptions } from './options/migrate';
import type { AlertsOptions } from './options/options';
import { suggestAlerts } from './options/suggestions';
import pluginJson from './plugin.json';

// Grafana has loaded the texts before this module; it is set up a moment later, before anything asks for one.
void initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<AlertsOptions>(AlertsPanel)
  .setPanelOptions(addOptions)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(suggestAlerts);
