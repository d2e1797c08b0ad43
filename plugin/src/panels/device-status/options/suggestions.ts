import {
  type VisualizationSuggestion,
  VisualizationSuggestionScore,
  type VisualizationSuggestionsSupplier,
} from '@grafana/data';
import { hasIdentity } from '../../../kit/frames/roles';
import type { DeviceStatusOptions } from './options';

type Suggestion = VisualizationSuggestion<DeviceStatusOptions>;

/** Suggests the panel for data with things that have a name: strongly when they have a device id. */
export const suggestDeviceStatus: VisualizationSuggestionsSupplier<DeviceStatusOptions> = (summary) => {
  if (summary.hasData !== true || summary.fieldCount === 0) return undefined;
  const names = (summary.rawFrames ?? []).flatMap((frame) =>
    frame.fields.flatMap((field) => [field.name, ...Object.keys(field.labels ?? {})]),
  );
  if (!hasIdentity(names)) return undefined;
  const score = names.includes('device_id')
    ? VisualizationSuggestionScore.Best
    : VisualizationSuggestionScore.OK;
  const preview = { showSearch: false, showLegend: false };
  const suggestions: Suggestion[] = [
    {
      name: 'Device status',
      score,
      options: { layout: 'honeycomb' },
      cardOptions: { previewModifier: (s) => Object.assign(s, { options: { ...s.options, ...preview } }) },
    },
    { name: 'Device status as a list', score: VisualizationSuggestionScore.OK, options: { layout: 'list' } },
  ];
  return suggestions;
};
