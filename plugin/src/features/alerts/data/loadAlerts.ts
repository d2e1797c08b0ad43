import type { AlertClients } from '../../../api/clients';
import type { StoredAlert } from '../../../domain/alerts/alertTypes';
import { ApiFailure, type Problem } from '../../../domain/problem';
import type { AlertRow } from '../../../domain/alerts/alert';
import { mergeAlerts } from './mergeAlerts';
import type { AlertRule } from '../../../domain/alerts/rule';
import type { Silence } from '../../../domain/alerts/silence';

/** Most alerts that are read of the store; the list is still quick to work with. */
export const MOST_ALERTS = 10_000;

/** The alerts that are there now, with what stands in the way of knowing all. */
export interface AlertPicture {
  /** One row a fingerprint, the worst first; none of them is resolved. */
  readonly alerts: readonly AlertRow[];
  /** The rules behind them. */
  readonly rules: readonly AlertRule[];
  /** Silences of Alertmanager, expired ones too. */
  readonly silences: readonly Silence[];
  /** Why a source shows nothing, each once. */
  readonly problems: readonly Problem[];
  /** False when the store has more alerts than `MOST_ALERTS`. */
  readonly complete: boolean;
  /** When it was asked for, milliseconds since the epoch. */
  readonly at: number;
}

/** What a source shows; a source that cannot be asked shows nothing, and its problem is noted. */
async function orProblem<T>(answer: Promise<T>, nothing: T, problems: Problem[]): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const { problem } = error;
    const known = problems.some(({ source, kind }) => source === problem.source && kind === problem.kind);
    if (!known) problems.push(problem);
    return nothing;
  }
}

async function openAlerts(
  { alertStore }: AlertClients,
  signal: AbortSignal | undefined,
): Promise<{ readonly alerts: readonly StoredAlert[]; readonly complete: boolean }> {
  const [active, acknowledged] = await Promise.all([
    alertStore.list({ state: 'active' }, MOST_ALERTS, signal),
    alertStore.list({ state: 'acknowledged' }, MOST_ALERTS, signal),
  ]);
  return {
    // One that is acknowledged between the two questions is in both answers: the later state counts.
    alerts: [...active.alerts, ...acknowledged.alerts],
    complete: active.complete && acknowledged.complete,
  };
}

/** The rules of every engine. */
async function allRules(
  { rules }: AlertClients,
  problems: Problem[],
  signal: AbortSignal | undefined,
): Promise<AlertRule[]> {
  const answers = await Promise.all([
    orProblem(rules.prometheus(signal), [], problems),
    orProblem(rules.grafana(signal), [], problems),
    orProblem(rules.exporter(signal), [], problems),
  ]);
  return answers.flat();
}

/**
 * The alerts that are there now, from every source that answers: one that fails is a problem beside the others'
 * rows. Throws `AbortedError` only.
 */
export async function loadAlerts(clients: AlertClients, signal?: AbortSignal): Promise<AlertPicture> {
  const at = Date.now();
  const problems: Problem[] = [];
  const [stored, routed, silences, rules] = await Promise.all([
    orProblem(openAlerts(clients, signal), { alerts: [], complete: true }, problems),
    orProblem(clients.alertmanager.alerts(signal), [], problems),
    orProblem(clients.alertmanager.silences(signal), [], problems),
    allRules(clients, problems, signal),
  ]);
  const alerts = mergeAlerts({ stored: stored.alerts, routed, rules });
  return { alerts, rules, silences, problems, complete: stored.complete, at };
}
