import type { AlertClients } from '../../../api/clients';
import type { AlertmanagerClient } from '../../../api/alertmanagerClient';
import type { AlertStoreClient } from '../../../api/alertStoreClient';
import type { StoredAlert } from '../../../domain/alerts/alertTypes';
import { ApiFailure, type Problem } from '../../../domain/problem';
import type { AlertRow } from '../../../domain/alerts/alert';
import { mergeAlerts } from './mergeAlerts';
import type { AlertRule } from '../../../domain/alerts/rule';
import type { Silence } from '../../../domain/alerts/silence';

/** Most alerts that are read of the store; the list is still quick to work with. */
export const MOST_ALERTS = 10_000;

/** Why a source shows nothing new. */
export interface SourceProblem extends Problem {
  /** When it was asked for what is shown of it, milliseconds since the epoch; undefined: something was never known. */
  readonly knownAt: number | undefined;
}

/** The alerts that are there now, with what stands in the way of knowing all. */
export interface AlertPicture {
  /** One row a fingerprint, the worst first; what says the same as in the picture before is the same object. */
  readonly alerts: readonly AlertRow[];
  /** The rules behind them. */
  readonly rules: readonly AlertRule[];
  /** Silences of the Alertmanagers, expired ones too. */
  readonly silences: readonly Silence[];
  /** Why a source shows nothing, or only what it showed before; each once. */
  readonly problems: readonly SourceProblem[];
  /** False when the store has more alerts than `MOST_ALERTS`. */
  readonly complete: boolean;
  /** When it was asked for, milliseconds since the epoch. */
  readonly at: number;
}

/** One attempt to learn what the sources show. */
interface Attempt {
  readonly at: number;
  readonly signal: AbortSignal | undefined;
  readonly problems: SourceProblem[];
}

/** Nobody is to be asked: what was known before is over. */
const GONE: ReadonlySet<Problem['kind']> = new Set(['not-configured', 'alerts-off']);

/**
 * Notes a problem once for each source and kind, with the oldest of what is shown in spite of it. What was never answered
 * is not as old as what was.
 */
function note(problems: SourceProblem[], problem: Problem, knownAt: number | undefined): void {
  const place = problems.findIndex(({ source, kind }) => source === problem.source && kind === problem.kind);
  const before = problems[place];
  if (before === undefined) problems.push({ ...problem, knownAt });
  else {
    const isKnown = knownAt !== undefined && before.knownAt !== undefined;
    problems[place] = { ...before, knownAt: isKnown ? Math.min(knownAt, before.knownAt) : undefined };
  }
}

/** A question whose last answer stands in for one that fails: the silence of a source is no calm. */
function remembered<T>(ask: (signal: AbortSignal | undefined) => Promise<T>, nothing: T) {
  let last: { readonly at: number; readonly answer: T } | undefined;
  return async ({ at, signal, problems }: Attempt): Promise<T> => {
    try {
      const answer = await ask(signal);
      last = { at, answer };
      return answer;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      if (GONE.has(error.problem.kind)) last = undefined;
      note(problems, error.problem, last?.at);
      return last === undefined ? nothing : last.answer;
    }
  };
}

interface StoreAnswer {
  readonly alerts: readonly StoredAlert[];
  readonly complete: boolean;
}

async function openAlerts(store: AlertStoreClient, signal: AbortSignal | undefined): Promise<StoreAnswer> {
  const [active, acknowledged] = await Promise.all([
    store.list({ state: 'active' }, MOST_ALERTS, signal),
    store.list({ state: 'acknowledged' }, MOST_ALERTS, signal),
  ]);
  return {
    // One that is acknowledged between the two questions is in both answers: the later state counts.
    alerts: [...active.alerts, ...acknowledged.alerts],
    complete: active.complete && acknowledged.complete,
  };
}

/** Alerts and silences of an Alertmanager. */
function alertmanagerQuestions(client: AlertmanagerClient) {
  const alerts = remembered((signal) => client.alerts(signal), []);
  const silences = remembered((signal) => client.silences(signal), []);
  return async (attempt: Attempt) => {
    const [routed, quiet] = await Promise.all([alerts(attempt), silences(attempt)]);
    return { routed, silences: quiet };
  };
}

const NOTHING_ROUTED = { routed: [], silences: [] };

/**
 * Loads the alerts that are there now, from every source that answers: one that fails is a problem beside the others'
 * rows, and its last answer is shown. Throws `AbortedError` only.
 */
export function createAlertLoader(
  clients: AlertClients,
): (signal: AbortSignal | undefined) => Promise<AlertPicture> {
  const { alertStore, alertmanager, grafanaAlertmanager, rules } = clients;
  const stored = remembered((signal) => openAlerts(alertStore, signal), { alerts: [], complete: true });
  const own = alertmanagerQuestions(alertmanager);
  const grafana = alertmanagerQuestions(grafanaAlertmanager);
  const prometheusRules = remembered((signal) => rules.prometheus(signal), []);
  const grafanaRules = remembered((signal) => rules.grafana(signal), []);
  const exporterRules = remembered((signal) => rules.exporter(signal), []);
  /** Grafana's rules, and what its own Alertmanager makes of their alerts; without a rule it is not asked. */
  const managed = async (attempt: Attempt) => {
    const found = await grafanaRules(attempt);
    const isOther = grafanaAlertmanager !== alertmanager && found.length > 0;
    return { rules: found, ...(isOther ? await grafana(attempt) : NOTHING_ROUTED) };
  };
  let alerts: readonly AlertRow[] = [];
  return async (signal) => {
    const attempt: Attempt = { at: Date.now(), signal, problems: [] };
    const [store, routing, ofGrafana, ofPrometheus, ofExporter] = await Promise.all([
      stored(attempt),
      own(attempt),
      managed(attempt),
      prometheusRules(attempt),
      exporterRules(attempt),
    ]);
    const all = [...ofPrometheus, ...ofGrafana.rules, ...ofExporter];
    const routed = [...routing.routed, ...ofGrafana.routed];
    alerts = mergeAlerts({ stored: store.alerts, routed, rules: all }, alerts);
    return {
      alerts,
      rules: all,
      silences: [...routing.silences, ...ofGrafana.silences],
      problems: attempt.problems,
      complete: store.complete,
      at: attempt.at,
    };
  };
}
