import type { AlertmanagerClient } from '../../../api/alertmanagerClient';
import type { AlertStoreClient } from '../../../api/alertStoreClient';
import type { AlertOutcome, StoredAlert } from '../../../domain/alerts/alertTypes';
import { problemOf, type Problem } from '../../../domain/problem';
import type { AlertRow } from '../../../domain/alerts/alert';
import { commonMatchers } from '../../../domain/alerts/matchers';
import { EXTERNAL_LABELS } from '../../../domain/alerts/fingerprint';
import type { NewSilence, Silence } from '../../../domain/alerts/silence';

/** Why something was not done: what was said about this one, or the problem with the whole request. */
export type Refusal =
  { readonly kind: 'said'; readonly words: string } | { readonly kind: 'problem'; readonly problem: Problem };

/** What became of an action on one alert (or one silence, then `key` is its id). */
export interface ActionOutcome {
  /** Fingerprint, or id of a silence. */
  readonly key: string;
  /** Null when it was done. */
  readonly refusal: Refusal | null;
  /** The alert as the store has it now, where it says so. */
  readonly alert?: StoredAlert | null;
}

/** Silences that are made one after the other: Alertmanager tells its cluster about each. */
type SilenceTemplate = Omit<NewSilence, 'matchers'>;

function outcomeOf({ fingerprint, alert, error }: AlertOutcome): ActionOutcome {
  return { key: fingerprint, alert, refusal: error === null ? null : { kind: 'said', words: error } };
}

/** Everything refused for the same reason. */
function allRefused(keys: readonly string[], problem: Problem): ActionOutcome[] {
  return keys.map((key) => ({ key, refusal: { kind: 'problem', problem } }));
}

async function decideAll(
  fingerprints: readonly string[],
  decide: () => Promise<AlertOutcome[]>,
): Promise<ActionOutcome[]> {
  try {
    return (await decide()).map(outcomeOf);
  } catch (error) {
    return allRefused(fingerprints, problemOf(error, 'exporter'));
  }
}

/** Takes alerts on; the outcome of each. */
export function acknowledgeAlerts(
  store: AlertStoreClient,
  fingerprints: readonly string[],
  comment: string,
): Promise<ActionOutcome[]> {
  return decideAll(fingerprints, () => store.acknowledge(fingerprints, comment));
}

/** Says that the causes are gone; the outcome of each. */
export function resolveAlerts(
  store: AlertStoreClient,
  fingerprints: readonly string[],
  comment: string,
): Promise<ActionOutcome[]> {
  return decideAll(fingerprints, () => store.resolve(fingerprints, comment));
}

/** Expires silences one by one; the outcome of each. */
export async function expireSilences(
  alertmanager: AlertmanagerClient,
  ids: readonly string[],
): Promise<ActionOutcome[]> {
  const outcomes: ActionOutcome[] = [];
  for (const key of ids) {
    try {
      await alertmanager.expireSilence(key);
      outcomes.push({ key, refusal: null });
    } catch (error) {
      outcomes.push(...allRefused([key], problemOf(error, 'alertmanager')));
    }
  }
  return outcomes;
}

/** Silences each alert by all its own labels; the outcome of each. */
export async function silenceEach(
  alertmanager: AlertmanagerClient,
  alerts: readonly AlertRow[],
  template: SilenceTemplate,
): Promise<ActionOutcome[]> {
  const outcomes: ActionOutcome[] = [];
  for (const { fingerprint: key, labels } of alerts) {
    try {
      const matchers = commonMatchers([labels], EXTERNAL_LABELS);
      await alertmanager.createSilence({ ...template, matchers });
      outcomes.push({ key, refusal: null });
    } catch (error) {
      outcomes.push(...allRefused([key], problemOf(error, 'alertmanager')));
    }
  }
  return outcomes;
}

/** The silences that keep the alerts quiet, each once. */
export function silencesOf(alerts: readonly AlertRow[], silences: readonly Silence[]): Silence[] {
  const ids = new Set(alerts.flatMap(({ silencedBy }) => silencedBy));
  return silences.filter(({ id }) => ids.has(id));
}
