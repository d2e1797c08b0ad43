import type { FieldOverrideContext, SelectableValue } from '@grafana/data';

/** Fields and labels that occur in the query's answer, with a first entry that leaves the choice to the panel. */
function namesIn(context: FieldOverrideContext, automatic: string): SelectableValue<string>[] {
  const names = new Set<string>();
  for (const frame of context.data) {
    for (const field of frame.fields) {
      const labels = Object.keys(field.labels ?? {});
      if (labels.length === 0) names.add(field.name);
      for (const label of labels) names.add(label);
    }
  }
  return [
    { value: '', label: automatic },
    ...[...names].sort().map((name) => ({ value: name, label: name })),
  ];
}

/** Settings of a choice among the fields and labels of the query's answer; `automatic` says what no choice means. */
export function fieldChoice(automatic: string) {
  return {
    options: [],
    allowCustomValue: true,
    getOptions: (context: FieldOverrideContext) => Promise.resolve(namesIn(context, automatic)),
  };
}
