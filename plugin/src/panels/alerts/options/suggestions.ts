import {
  type VisualizationSuggestion,
  VisualizationSuggestionScore,
  type VisualizationSuggestionsSupplier,
} from '@grafana/data';
import { holdsAlerts } from '../data/frames';
import type { AlertsOptions } from './options';

/** Suggests the panel for answers whose rows or series are alerts. */
export const suggestAlerts: VisualizationSuggestionsSupplier<AlertsOptions> = (summary) => {
  if (summary.hasData !== true || !holdsAlerts(summary.rawFrames ?? [])) return undefined;
  const suggestion: VisualizationSuggestion<AlertsOptions> = {
    name: 'Valtronics alerts',
    score: VisualizationSuggestionScore.Best,
    options: { source: 'query' },
    cardOptions: {
      previewModifier: (preview) =>
        Object.assign(preview, { options: { ...preview.options, density: 'compact', showCounts: false } }),
    },
  };
  return [suggestion];
};
