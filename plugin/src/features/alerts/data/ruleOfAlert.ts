import type { InstantRow, Labels } from '../../../api/prometheusShapes';
import type { AlertRow } from '../../../domain/alerts/alert';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import type { AlertRule } from '../../../domain/alerts/rule';

/** The rule that raises the alert: the one with its instance, else one of its name; undefined when none is known. */
export function ruleOfAlert(
  { name, fingerprint }: Pick<AlertRow, 'name' | 'fingerprint'>,
  rules: readonly AlertRule[],
): AlertRule | undefined {
  const named = rules.filter((rule) => rule.name === name);
  const raises = ({ instances }: AlertRule): boolean =>
    instances.some(({ labels }) => fingerprintOf(labels) === fingerprint);
  return named.find(raises) ?? named[0];
}

/** True when a series of the rule's expression can be the alert's: what both have is the same. */
export function isSeriesOf(alert: Labels, { labels }: Pick<InstantRow, 'labels'>): boolean {
  return Object.entries(labels).every(
    ([name, value]) => name === '__name__' || alert[name] === undefined || alert[name] === value,
  );
}
