import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { NO_THRESHOLDS } from '../../kit/frames/thresholds';
import { addOptions } from './options/add-options';
import { changePanelType } from './options/change-panel-type';
import type { TimelineOptions } from './options/options';
import { suggestTimeline } from './options/suggestions';
import pluginJson from './plugin.json';
import { TimelinePanel } from './TimelinePanel';

// Grafana has loaded the texts before this module; it is set up a moment later, before anything asks for one.
void initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<TimelineOptions>(TimelinePanel)
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Actions]: {},
      [FieldConfigProperty.Links]: {},
      [FieldConfigProperty.Thresholds]: { defaultValue: NO_THRESHOLDS },
    },
  })
  .setPanelOptions(addOptions)
  .setPanelChangeHandler(changePanelType)
  .setDataSupport({ annotations: true, alertStates: false })
  .setSuggestionsSupplier(suggestTimeline);
