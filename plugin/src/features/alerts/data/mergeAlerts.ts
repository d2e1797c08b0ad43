import type { RoutedAlert } from '../../../api/alertmanagerShapes';
import type { StoredAlert } from '../../../domain/alerts/alertTypes';
import {
  ALERT_ORIGINS,
  type AlertOrigin,
  type AlertRow,
  type AlertState,
} from '../../../domain/alerts/alert';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import type { AlertRule, RuleInstance } from '../../../domain/alerts/rule';
import { compareAlerts } from '../../../domain/alerts/severity';

/** The alert that always fires, to show that alerting works; it is no trouble of anybody. */
export const WATCHDOG = 'Watchdog';

/** What the sources show at one time; one that could not be asked shows nothing. */
export interface AlertSources {
  readonly stored: readonly StoredAlert[];
  readonly routed: readonly RoutedAlert[];
  readonly rules: readonly AlertRule[];
}

/** All that is known of one fingerprint. */
interface Sight {
  stored?: StoredAlert;
  routed?: RoutedAlert;
  /** Instances of rules: a firing one beats a pending one. */
  instance?: RuleInstance;
  origins: Set<AlertOrigin>;
}

type Texts = Readonly<Record<string, string>>;

/** Templates that nobody filled in tell nobody anything. */
function filledIn(annotations: Texts): Texts {
  return Object.fromEntries(Object.entries(annotations).filter(([, text]) => !text.includes('{{')));
}

function sightsOf({ stored, routed, rules }: AlertSources): Map<string, Sight> {
  const sights = new Map<string, Sight>();
  const sight = (fingerprint: string): Sight => {
    const known = sights.get(fingerprint) ?? { origins: new Set() };
    sights.set(fingerprint, known);
    return known;
  };
  for (const alert of stored) {
    const known = sight(alert.fingerprint);
    known.stored = alert;
    known.origins.add('store');
  }
  for (const alert of routed) {
    const known = sight(fingerprintOf(alert.labels));
    known.routed = alert;
    known.origins.add('alertmanager');
  }
  for (const rule of rules)
    for (const instance of rule.instances) {
      const known = sight(fingerprintOf(instance.labels));
      if (known.instance?.state !== 'firing')
        known.instance = { ...instance, annotations: instance.annotations ?? filledIn(rule.annotations) };
      // The exporter puts what its own rules find into its store.
      known.origins.add(rule.origin === 'exporter' ? 'store' : rule.origin);
    }
  return sights;
}

function stateOf({ stored, routed, instance }: Sight): AlertState {
  if (stored !== undefined && stored.state !== 'resolved') return stored.state;
  if (routed !== undefined || instance?.state === 'firing') return 'active';
  return instance === undefined ? 'resolved' : 'pending';
}

function annotationsOf({ stored, routed, instance }: Sight): Texts {
  const annotations = { ...stored?.annotations, ...instance?.annotations, ...routed?.annotations };
  const message = stored?.message ?? '';
  if (message === '' || annotations.description !== undefined || annotations.summary === message)
    return annotations;
  return { ...annotations, description: message };
}

function startOf({ stored, routed, instance }: Sight, state: AlertState): number {
  // A beginning of the store's that is over says nothing about one that others see now.
  const past = stored?.state === 'resolved' && state !== 'resolved';
  const times = [past ? undefined : stored?.startsAt, routed?.startsAt, instance?.since];
  return Math.min(...times.filter((time) => time !== undefined));
}

function rowOf(fingerprint: string, sight: Sight, inhibitors: ReadonlyMap<string, string>): AlertRow {
  const { stored, routed, instance, origins } = sight;
  const state = stateOf(sight);
  const open = stored !== undefined && (stored.state !== 'resolved' || state === 'resolved');
  const labels = routed?.labels ?? stored?.labels ?? instance?.labels ?? {};
  const annotations = annotationsOf(sight);
  const notified = open ? stored.notified : [];
  return {
    fingerprint,
    name: labels.alertname ?? stored?.name ?? '',
    severity: labels.severity ?? stored?.severity ?? '',
    state,
    summary: annotations.summary ?? annotations.message ?? annotations.description ?? '',
    labels,
    annotations,
    startsAt: startOf(sight, state),
    endsAt: state === 'resolved' ? (stored?.resolution?.at ?? stored?.lastSeen ?? null) : null,
    origins: ALERT_ORIGINS.filter((origin) => origins.has(origin)),
    raisedBy: open ? stored.source : undefined,
    acknowledgement: open ? stored.acknowledgement : null,
    resolution: open ? stored.resolution : null,
    silencedBy: routed?.silencedBy ?? [],
    inhibitedBy: (routed?.inhibitedBy ?? []).map((own) => inhibitors.get(own) ?? own),
    maintenance: open ? stored.maintenance : [],
    receivers: [...new Set([...(routed?.receivers ?? []), ...notified.map(({ receiver }) => receiver)])],
    notified,
    value: instance?.value,
    generatorUrl: routed?.generatorUrl || stored?.generatorUrl || undefined,
  };
}

/** One row for each alert, whoever shows it, the worst first. The watchdog is left out. */
export function mergeAlerts(sources: AlertSources): AlertRow[] {
  const inhibitors = new Map(
    sources.routed.map(({ fingerprint, labels }) => [fingerprint, fingerprintOf(labels)]),
  );
  return [...sightsOf(sources)]
    .map(([fingerprint, sight]) => rowOf(fingerprint, sight, inhibitors))
    .filter(({ name }) => name !== WATCHDOG)
    .sort(compareAlerts);
}
