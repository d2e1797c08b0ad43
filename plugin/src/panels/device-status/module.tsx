import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { NO_THRESHOLDS } from '../../kit/frames/thresholds';
import { DeviceStatusPanel } from './DeviceStatusPanel';
import { addOptions } from './options/add-options';
import { changePanelType, migrateOptions } from './options/migrate';
import type { DeviceStatusOptions } from './options/options';
import { suggestDeviceStatus } from './options/suggestions';
import pluginJson from './plugin.json';

// Grafana has loaded the texts before this module; it is set up a moment later, before anything asks for one.
void initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<DeviceStatusOptions>(DeviceStatusPanel)
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Actions]: {},
      [FieldConfigProperty.Links]: {},
      [FieldConfigProperty.Thresholds]: { defaultValue: NO_THRESHOLDS },
    },
  })
  .setPanelOptions(addOptions)
  .setMigrationHandler(migrateOptions)
  .setPanelChangeHandler(changePanelType)
  .setSuggestionsSupplier(suggestDeviceStatus);
