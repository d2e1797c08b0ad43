import type { RoutedAlert } from '../../../api/alertmanagerShapes';
import type { StoredAlert } from '../../../domain/alerts/alertTypes';
import {
  ALERT_ORIGINS,
  type AlertOrigin,
  type AlertRow,
  type AlertState,
  type Notice,
} from '../../../domain/alerts/alert';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import type { AlertRule, RuleInstance } from '../../../domain/alerts/rule';
import { unitOfTexts, type ValueUnit } from '../../../domain/alerts/valueUnit';
import { isSameAlert } from '../../../domain/alerts/sameAlert';
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
  stored: StoredAlert | undefined;
  /** By the Alertmanagers that have it. */
  routed: readonly RoutedAlert[];
  /** Instances of rules: one that fires beats a pending one. */
  instance: RuleInstance | undefined;
  /** The annotations of the instance, or the texts of its rule that need no value. */
  instanceTexts: Texts | undefined;
  valueUnit: ValueUnit | undefined;
  /** Who shows it, a bit for each (`bitOf`). */
  origins: number;
}

type Texts = Readonly<Record<string, string>>;

/** Templates that nobody filled in tell nobody anything. */
function filledIn(annotations: Texts): Texts {
  return Object.fromEntries(Object.entries(annotations).filter(([, text]) => !text.includes('{{')));
}

/** What Grafana calls the alert of a rule whose query found nothing, or failed; label `rulename` has the rule. */
const WITHOUT_VALUE: Readonly<Partial<Record<RuleInstance['state'], string>>> = {
  nodata: 'DatasourceNoData',
  error: 'DatasourceError',
};

/** The labels of the alert that Alertmanager is told of. */
function routedLabels({ labels, state }: RuleInstance): Texts {
  const alertname = WITHOUT_VALUE[state];
  return alertname === undefined ? labels : { ...labels, rulename: labels.alertname ?? '', alertname };
}

/** The rule's name: Grafana gives alerts without a value a name that is the same for all rules. */
function nameOf(labels: Texts): string | undefined {
  const { alertname, rulename } = labels;
  return Object.values(WITHOUT_VALUE).some((name) => name === alertname)
    ? (rulename ?? alertname)
    : alertname;
}

/** The lists of origins by their bits: thousands of alerts share a handful of them. */
const ORIGIN_LISTS: readonly (readonly AlertOrigin[])[] = Array.from(
  { length: 2 ** ALERT_ORIGINS.length },
  (_, bits) => ALERT_ORIGINS.filter((origin) => (bits & bitOf(origin)) !== 0),
);

function bitOf(origin: AlertOrigin): number {
  return 1 << ALERT_ORIGINS.indexOf(origin);
}

const NOWHERE: readonly RoutedAlert[] = [];

function sightsOf({ stored, routed, rules }: AlertSources): Map<string, Sight> {
  const sights = new Map<string, Sight>();
  const sight = (fingerprint: string): Sight => {
    const before = sights.get(fingerprint);
    if (before !== undefined) return before;
    const first: Sight = {
      stored: undefined,
      routed: NOWHERE,
      instance: undefined,
      instanceTexts: undefined,
      valueUnit: undefined,
      origins: 0,
    };
    sights.set(fingerprint, first);
    return first;
  };
  for (const alert of stored) {
    const known = sight(alert.fingerprint);
    known.stored = alert;
    known.origins |= bitOf('store');
  }
  for (const alert of routed) {
    const known = sight(fingerprintOf(alert.labels));
    known.routed = known.routed.length === 0 ? [alert] : [...known.routed, alert];
    known.origins |= bitOf('alertmanager');
  }
  for (const rule of rules) {
    const ruleTexts = filledIn(rule.annotations);
    const unit = unitOfTexts(rule.annotations);
    // The exporter puts what its own rules find into its store.
    const origin = bitOf(rule.origin === 'exporter' ? 'store' : rule.origin);
    for (const instance of rule.instances) {
      const known = sight(fingerprintOf(routedLabels(instance)));
      if (known.instance === undefined || known.instance.state === 'pending') {
        known.instance = instance;
        known.instanceTexts = instance.annotations ?? ruleTexts;
        known.valueUnit = unit;
      }
      known.origins |= origin;
    }
  }
  return sights;
}

/** How it fires, as the engine says, else as its name does; undefined when it does not. */
function firingState({ stored, routed, instance }: Sight): AlertState | undefined {
  if (instance !== undefined && instance.state !== 'pending')
    return instance.state === 'firing' ? 'active' : instance.state;
  const name = routed[0]?.labels.alertname ?? stored?.labels.alertname;
  const isOpen = routed.length > 0 || (stored !== undefined && stored.state !== 'resolved');
  if (!isOpen) return undefined;
  if (name === WITHOUT_VALUE.nodata) return 'nodata';
  return name === WITHOUT_VALUE.error ? 'error' : 'active';
}

function stateOf(sight: Sight): AlertState {
  if (sight.stored?.state === 'acknowledged') return 'acknowledged';
  return firingState(sight) ?? (sight.instance === undefined ? 'resolved' : 'pending');
}

/** What the texts say, each name by the last that has it; the last as it is where the others add nothing. */
function together(all: readonly (Texts | undefined)[]): Texts {
  const some = all.filter((texts) => texts !== undefined);
  const last = some.at(-1) ?? {};
  const addsNothing = (texts: Texts): boolean => {
    for (const name in texts) if (!Object.hasOwn(last, name)) return false;
    return true;
  };
  return some.every(addsNothing) ? last : some.reduce((all, texts) => ({ ...all, ...texts }), {});
}

function annotationsOf({ stored, routed, instanceTexts }: Sight): Texts {
  const annotations = together([stored?.annotations, instanceTexts, routed[0]?.annotations]);
  const message = stored?.message ?? '';
  if (message === '' || annotations.description !== undefined || annotations.summary === message)
    return annotations;
  return { ...annotations, description: message };
}

function startOf({ stored, routed, instance }: Sight, state: AlertState): number {
  // A beginning of the store's that is over says nothing about one that others see now.
  const past = stored?.state === 'resolved' && state !== 'resolved';
  let start = Math.min((past ? undefined : stored?.startsAt) ?? Infinity, instance?.since ?? Infinity);
  for (const { startsAt } of routed) start = Math.min(start, startsAt);
  return start;
}

/** Alertmanager's receivers and the store's own, each once. */
function receiversOf(routed: readonly RoutedAlert[], notified: readonly Notice[]): readonly string[] {
  const names: string[] = [];
  const add = (name: string): void => {
    if (!names.includes(name)) names.push(name);
  };
  for (const { receivers } of routed) receivers.forEach(add);
  for (const { receiver } of notified) add(receiver);
  return names;
}

function rowOf(fingerprint: string, sight: Sight, inhibitors: ReadonlyMap<string, string>): AlertRow {
  const { stored, routed, instance, origins } = sight;
  const state = stateOf(sight);
  const open = stored !== undefined && (stored.state !== 'resolved' || state === 'resolved');
  const [first] = routed;
  const labels = first?.labels ?? stored?.labels ?? (instance === undefined ? {} : routedLabels(instance));
  const annotations = annotationsOf(sight);
  const notified = open ? stored.notified : [];
  const muted = isMutedByAll(routed);
  return {
    fingerprint,
    name: nameOf(labels) ?? stored?.name ?? '',
    severity: labels.severity ?? stored?.severity ?? '',
    state,
    summary: annotations.summary ?? annotations.message ?? annotations.description ?? '',
    labels,
    annotations,
    startsAt: startOf(sight, state),
    endsAt: state === 'resolved' ? (stored?.resolution?.at ?? stored?.lastSeen ?? null) : null,
    origins: ORIGIN_LISTS[origins] ?? [],
    raisedBy: open ? stored.source : undefined,
    raisedCount: open ? stored.count : undefined,
    flappingSince: stored?.flappingSince,
    acknowledgement: open ? stored.acknowledgement : null,
    resolution: open ? stored.resolution : null,
    routedBy: routed.map(({ alertmanager }) => alertmanager),
    // What one Alertmanager keeps quiet and another tells of is told.
    silencedBy: muted ? routed.flatMap(({ silencedBy }) => silencedBy) : [],
    inhibitedBy: muted
      ? routed.flatMap(({ inhibitedBy }) => inhibitedBy.map((own) => inhibitors.get(own) ?? own))
      : [],
    maintenance: open ? stored.maintenance : [],
    suppressed: muted,
    receivers: receiversOf(routed, notified),
    notified,
    value: instance?.value,
    valueUnit: sight.valueUnit,
    generatorUrl: first?.generatorUrl || stored?.generatorUrl || undefined,
  };
}

function isMutedByAll(routed: readonly RoutedAlert[]): boolean {
  const isMuted = ({ silencedBy, inhibitedBy, suppressed }: RoutedAlert): boolean =>
    suppressed || silencedBy.length > 0 || inhibitedBy.length > 0;
  return routed.length > 0 && routed.every(isMuted);
}

/** The fingerprints, as everybody knows them, of those that inhibit others, by Alertmanager's own. */
function inhibitorsOf(routed: readonly RoutedAlert[]): ReadonlyMap<string, string> {
  const wanted = new Set<string>();
  for (const { inhibitedBy } of routed) for (const fingerprint of inhibitedBy) wanted.add(fingerprint);
  if (wanted.size === 0) return new Map();
  const found = routed.filter(({ fingerprint }) => wanted.has(fingerprint));
  return new Map(found.map(({ fingerprint, labels }) => [fingerprint, fingerprintOf(labels)]));
}

/**
 * One row for each alert, whoever shows it, the worst first. The watchdog is left out. A row of `before` that says the
 * same stays the same object, and so does the list: what is drawn of them is not drawn again.
 */
export function mergeAlerts(sources: AlertSources, before: readonly AlertRow[] = []): readonly AlertRow[] {
  const inhibitors = inhibitorsOf(sources.routed);
  const known = new Map(before.map((row) => [row.fingerprint, row]));
  const rows: AlertRow[] = [];
  for (const [fingerprint, sight] of sightsOf(sources)) {
    const row = rowOf(fingerprint, sight, inhibitors);
    if (row.name === WATCHDOG) continue;
    const was = known.get(fingerprint);
    rows.push(was !== undefined && isSameAlert(was, row) ? was : row);
  }
  rows.sort(compareAlerts);
  const isSame = rows.length === before.length && rows.every((row, index) => row === before[index]);
  return isSame ? before : rows;
}
