import type { InstantRow, Labels } from '../../../api/prometheusShapes';
import type { AlertRule, RuleInstance } from '../../../domain/alerts/rule';

/** Something that fulfils a rule's condition now, however long it has done so. */
export interface WouldFire {
  readonly labels: Labels;
  /** As text, as engines write it. */
  readonly value: string;
  /** What the engine makes of it: `new` when it has not looked since the condition holds. */
  readonly state: 'new' | RuleInstance['state'];
  /** Since when the engine knows it, milliseconds since the epoch; null when it is new. */
  readonly since: number | null;
}

/** The labels that an alert of the rule gets from its series, written in one order. */
function identity(labels: Labels, rule: AlertRule): string {
  const added = new Set(['__name__', 'alertname', ...Object.keys(rule.labels)]);
  const own = Object.entries(labels).filter(([name]) => !added.has(name));
  return JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What would fire now if the rule did not wait: the rows of its expression, with what the engine made of them. */
export function wouldFire(rule: AlertRule, rows: readonly InstantRow[]): WouldFire[] {
  const known = new Map(rule.instances.map((instance) => [identity(instance.labels, rule), instance]));
  return rows.map(({ labels, value }) => {
    const instance = known.get(identity(labels, rule));
    return {
      labels: Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__')),
      value: String(value),
      state: instance?.state ?? 'new',
      since: instance?.since ?? null,
    };
  });
}

/** The same from the engine alone, where nobody else can be asked: what is pending and what fires. */
export function knownInstances(rule: AlertRule): WouldFire[] {
  const added = new Set(['alertname', ...Object.keys(rule.labels)]);
  return rule.instances.map(({ labels, value, state, since }) => ({
    labels: Object.fromEntries(Object.entries(labels).filter(([name]) => !added.has(name))),
    value,
    state,
    since,
  }));
}
