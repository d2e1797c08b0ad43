import type { Expression } from './expression.ts';
import { type Labels, labelsFrom, NO_LABELS } from './labels.ts';

/** The labels that `absent` gives its sample: those that the selector asks for by `=`, each once. */
export function absentLabels(expression: Expression): Labels {
  const selector = expression.kind === 'range' ? expression.selector : expression;
  if (selector.kind !== 'selector') return NO_LABELS;
  const count = new Map<string, number>();
  for (const { label } of selector.matchers) count.set(label, (count.get(label) ?? 0) + 1);
  return labelsFrom(
    selector.matchers
      .filter(({ label, operator }) => operator === '=' && count.get(label) === 1)
      .map(({ label, value }) => [label, value]),
  );
}
