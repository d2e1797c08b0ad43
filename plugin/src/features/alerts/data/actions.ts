import type { AlertmanagerClient } from '../../../api/alertmanagerClient';
import type { AlertStoreClient } from '../../../api/alertStoreClient';
import type { AlertOutcome, StoredAlert } from '../../../domain/alerts/alertTypes';
import { problemOf, type Problem } from '../../../domain/problem';
import type { AlertRow } from '../../../domain/alerts/alert';
import { EXTERNAL_LABELS, fingerprintOf } from '../../../domain/alerts/fingerprint';
import type { AlertClients } from '../../../api/clients';
import { commonMatchers } from '../../../domain/alerts/matchers';
import type { AlertmanagerName, NewSilence, Silence } from '../../../domain/alerts/silence';

/**
 * Why something was not done: what was said about this one; the problem with the whole request; or that the silence was
 * made and the alert is told all the same (`told`), or is not where the silence is (`absent`).
 */
export type Refusal =
  | { readonly kind: 'said'; readonly words: string }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'told' | 'absent'; readonly alertmanager: AlertmanagerName };

/** What became of an action on one alert (or one silence, then `key` is its id). */
export interface ActionOutcome {
  /** Fingerprint, or id of a silence. */
  readonly key: string;
  /** Null when it was done. */
  readonly refusal: Refusal | null;
  /** The alert as the store has it now, where it says so. */
  readonly alert?: StoredAlert | null;
  /** The silences that were made for it. */
  readonly silences?: readonly Silence[];
}

/** How an action on many is watched and stopped. */
export interface BulkControl {
  /** What is under way when it is aborted is brought to its end; the rest is left as it is and has no outcome. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Requests at a time: enough to be quick, few enough for an Alertmanager that tells its cluster about each. */
const AT_ONCE = 8;

/** What came of each item, in their order, several at a time; what was not begun before the end is missing. */
async function forEach<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  { signal, onProgress }: BulkControl,
): Promise<R[]> {
  const results: (R | undefined)[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && signal?.aborted !== true) {
      const place = next;
      next += 1;
      const item = items[place];
      if (item === undefined) return;
      results[place] = await work(item);
      done += 1;
      onProgress?.(done, items.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results.filter((result) => result !== undefined);
}

function outcomeOf({ fingerprint, alert, error }: AlertOutcome): ActionOutcome {
  return { key: fingerprint, alert, refusal: error === null ? null : { kind: 'said', words: error } };
}

const refused = (key: string, problem: Problem): ActionOutcome => ({
  key,
  refusal: { kind: 'problem', problem },
});

async function decideAll(
  fingerprints: readonly string[],
  decide: () => Promise<AlertOutcome[]>,
): Promise<ActionOutcome[]> {
  try {
    return (await decide()).map(outcomeOf);
  } catch (error) {
    const problem = problemOf(error, 'exporter');
    return fingerprints.map((key) => refused(key, problem));
  }
}

/** Takes alerts on, with `takeOver` those of others too; the outcome of each. */
export function acknowledgeAlerts(
  store: AlertStoreClient,
  fingerprints: readonly string[],
  comment: string,
  takeOver: boolean,
): Promise<ActionOutcome[]> {
  return decideAll(fingerprints, () => store.acknowledge(fingerprints, comment, takeOver));
}

/** Says that the causes are gone; the outcome of each. */
export function resolveAlerts(
  store: AlertStoreClient,
  fingerprints: readonly string[],
  comment: string,
): Promise<ActionOutcome[]> {
  return decideAll(fingerprints, () => store.resolve(fingerprints, comment));
}

/** The client of one of the Alertmanagers. */
export function alertmanagerOf(clients: AlertClients, name: AlertmanagerName): AlertmanagerClient {
  return name === 'grafana' ? clients.grafanaAlertmanager : clients.alertmanager;
}

/** Expires silences where they are; the outcome of each. */
export function expireSilences(
  clients: AlertClients,
  silences: readonly Pick<Silence, 'id' | 'alertmanager'>[],
  control: BulkControl = {},
): Promise<ActionOutcome[]> {
  const expire = async ({
    id,
    alertmanager,
  }: Pick<Silence, 'id' | 'alertmanager'>): Promise<ActionOutcome> => {
    try {
      await alertmanagerOf(clients, alertmanager).expireSilence(id);
      return { key: id, refusal: null };
    } catch (error) {
      return refused(id, problemOf(error, 'alertmanager'));
    }
  };
  return forEach(silences, expire, control);
}

/** Where an alert is told of: the Alertmanagers that have it, else the one that its engine tells. */
export function alertmanagersOf({ routedBy, origins }: AlertRow): readonly AlertmanagerName[] {
  if (routedBy.length > 0) return routedBy;
  return origins.length > 0 && origins.every((origin) => origin === 'grafana') ? ['grafana'] : ['own'];
}

/** Where a silence of the alerts belongs; of none: the Alertmanager of the settings. */
export function targetsOf(alerts: readonly AlertRow[]): readonly AlertmanagerName[] {
  const names = new Set(alerts.flatMap(alertmanagersOf));
  return names.size === 0 ? ['own'] : [...names];
}

async function createIn(
  clients: AlertClients,
  alertmanager: AlertmanagerName,
  silence: NewSilence & { readonly id?: string },
): Promise<Silence> {
  const id = await alertmanagerOf(clients, alertmanager).createSilence(silence);
  return { ...silence, id, alertmanager, state: 'active' };
}

/** What an Alertmanager has of an alert, by the fingerprint that everybody knows. */
type Quiet = ReadonlyMap<string, ReadonlySet<string>>;

async function quietIn(clients: AlertClients, name: AlertmanagerName): Promise<Quiet | undefined> {
  try {
    const routed = await alertmanagerOf(clients, name).alerts();
    return new Map(routed.map(({ labels, silencedBy }) => [fingerprintOf(labels), new Set(silencedBy)]));
  } catch {
    // Nothing is known then: the next look at the alerts will say.
    return undefined;
  }
}

/** Looks whether the silences do what they were made for: one that matches other labels changes nothing. */
async function checked(
  clients: AlertClients,
  alerts: readonly AlertRow[],
  outcomes: readonly ActionOutcome[],
): Promise<ActionOutcome[]> {
  const names = new Set(outcomes.flatMap(({ silences = [] }) => silences.map((one) => one.alertmanager)));
  const quiet = new Map<AlertmanagerName, Quiet | undefined>();
  await Promise.all([...names].map(async (name) => quiet.set(name, await quietIn(clients, name))));
  const pending = new Set(
    alerts.flatMap(({ state, fingerprint }) => (state === 'pending' ? [fingerprint] : [])),
  );
  return outcomes.map((outcome): ActionOutcome => {
    // What does not fire yet is in no Alertmanager.
    if (outcome.refusal !== null || pending.has(outcome.key)) return outcome;
    for (const { id, alertmanager, startsAt } of outcome.silences ?? []) {
      const there = quiet.get(alertmanager);
      if (there === undefined || startsAt > Date.now()) continue;
      const silencedBy = there.get(outcome.key);
      if (silencedBy === undefined) return { ...outcome, refusal: { kind: 'absent', alertmanager } };
      if (!silencedBy.has(id)) return { ...outcome, refusal: { kind: 'told', alertmanager } };
    }
    return outcome;
  });
}

type SilenceTemplate = Omit<NewSilence, 'matchers'>;

/** Silences each alert by all its own labels, where it is told of; the outcome of each, after a look at what it did. */
export async function silenceEach(
  clients: AlertClients,
  alerts: readonly AlertRow[],
  template: SilenceTemplate,
  control: BulkControl = {},
): Promise<ActionOutcome[]> {
  const silence = async (alert: AlertRow): Promise<ActionOutcome> => {
    const { fingerprint: key, labels } = alert;
    try {
      const matchers = commonMatchers([labels], EXTERNAL_LABELS);
      const silences = await Promise.all(
        alertmanagersOf(alert).map((name) => createIn(clients, name, { ...template, matchers })),
      );
      return { key, refusal: null, silences };
    } catch (error) {
      return refused(key, problemOf(error, 'alertmanager'));
    }
  };
  return checked(clients, alerts, await forEach(alerts, silence, control));
}

/**
 * Silences what the matchers match, wherever the alerts among it are told of; with `replaces` in the place of that one.
 * The outcome of each of the alerts, after a look at what it did. Throws `ApiFailure` when none could be made.
 */
export async function silenceByMatchers(
  clients: AlertClients,
  silence: NewSilence,
  alerts: readonly AlertRow[],
  replaces?: Pick<Silence, 'id' | 'alertmanager'>,
): Promise<ActionOutcome[]> {
  const names = replaces === undefined ? targetsOf(alerts) : [replaces.alertmanager];
  const given = replaces === undefined ? silence : { ...silence, id: replaces.id };
  const made = await Promise.all(names.map((name) => createIn(clients, name, given)));
  const outcomes = alerts.map((alert): ActionOutcome => {
    const its = alertmanagersOf(alert);
    return {
      key: alert.fingerprint,
      refusal: null,
      silences: made.filter(({ alertmanager }) => its.includes(alertmanager)),
    };
  });
  return checked(clients, alerts, outcomes);
}

/** The silences that keep the alerts quiet, each once. */
export function silencesOf(alerts: readonly AlertRow[], silences: readonly Silence[]): Silence[] {
  const ids = new Set(alerts.flatMap(({ silencedBy }) => silencedBy));
  return silences.filter(({ id }) => ids.has(id));
}
