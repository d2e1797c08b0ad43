import {
  FieldType,
  type VisualizationSuggestion,
  VisualizationSuggestionScore,
  type VisualizationSuggestionsSupplier,
} from '@grafana/data';
import { hasIdentity, isAboutStatus } from '../../../kit/frames/roles';
import type { TimelineOptions } from './options';

/** Suggests the panel for states over time of things that have a name: strongly when they are of a status. */
export const suggestTimeline: VisualizationSuggestionsSupplier<TimelineOptions> = (summary) => {
  if (summary.hasData !== true) return undefined;
  const frames = (summary.rawFrames ?? []).filter(
    (frame) => frame.length > 1 && frame.fields.some(({ type }) => type === FieldType.time),
  );
  const names = frames.flatMap(({ fields }) =>
    fields.flatMap((field) => [field.name, ...Object.keys(field.labels ?? {})]),
  );
  const hasStates = frames.some((frame) =>
    frame.fields.some(
      (field) =>
        field.type === FieldType.string || field.type === FieldType.enum || isAboutStatus(frame, field),
    ),
  );
  if (!hasIdentity(names) && !hasStates) return undefined;
  const isOfStatus = frames.some((frame) => frame.fields.some((field) => isAboutStatus(frame, field)));
  const suggestion: VisualizationSuggestion<TimelineOptions> = {
    name: 'Device timeline',
    score:
      isOfStatus && hasIdentity(names) ? VisualizationSuggestionScore.Best : VisualizationSuggestionScore.OK,
    options: {},
    cardOptions: {
      previewModifier: (preview) =>
        Object.assign(preview, {
          options: { ...preview.options, showSearch: false, showLegend: false, showSummary: false },
        }),
    },
  };
  return [suggestion];
};
