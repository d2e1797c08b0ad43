import { isoTime } from '../domain/isoTime';
import type { AlertmanagerName, NewSilence, Silence } from '../domain/alerts/silence';
import { readRoutedAlerts, readSilenceId, readSilences, type RoutedAlert } from './alertmanagerShapes';
import { objectOrUndefined, ShapeError } from './json';
import { ApiFailure, type Problem, type ProblemKind } from '../domain/problem';
import { AnswerError, askGrafana, type FailedAnswer, type GrafanaRequest } from './request';

/**
 * Alertmanager behind Grafana's own proxy for alerting data sources, so that Grafana's permissions hold: who reads
 * dashboards reads, who edits them silences. Every method throws `ApiFailure` or `AbortedError`.
 */
export interface AlertmanagerClient {
  alerts(signal?: AbortSignal): Promise<RoutedAlert[]>;
  /** All that Alertmanager still keeps, expired ones too. */
  silences(signal?: AbortSignal): Promise<Silence[]>;
  /** Makes a silence and gives its id; with `id` it takes the place of that one. */
  createSilence(silence: NewSilence & { readonly id?: string }, signal?: AbortSignal): Promise<string>;
  expireSilence(id: string, signal?: AbortSignal): Promise<void>;
}

function messageOf({ data, text }: FailedAnswer): string {
  if (typeof data === 'string') return data;
  const body = objectOrUndefined(data);
  const message = body?.message ?? body?.error;
  return typeof message === 'string' ? message : text;
}

function kindOf({ status }: FailedAnswer, detail: string): ProblemKind {
  if (status === 404 && !/silence/i.test(detail)) return 'not-configured';
  if (status === 404) return 'not-found';
  if (status === 401 || status === 403) return 'not-allowed';
  return status === 0 || status >= 500 ? 'alertmanager-down' : 'unknown';
}

/** Why Alertmanager could not be asked. */
export function alertmanagerProblem(
  answer: FailedAnswer,
  source: Problem['source'] = 'alertmanager',
): Problem {
  const detail = messageOf(answer);
  return { kind: kindOf(answer, detail), source, detail };
}

/** The client of the data source with the uid; `grafana` is Grafana's own Alertmanager. */
export function createAlertmanagerClient(uid: string, name: AlertmanagerName = 'own'): AlertmanagerClient {
  const root = `/api/alertmanager/${encodeURIComponent(uid)}/api/v2`;
  const source = name === 'grafana' ? 'grafana' : 'alertmanager';
  const ask = async <T>(request: GrafanaRequest, read: (body: unknown) => T): Promise<T> => {
    try {
      return read(await askGrafana(request));
    } catch (error) {
      if (error instanceof AnswerError) throw new ApiFailure(alertmanagerProblem(error.answer, source));
      if (error instanceof ShapeError)
        throw new ApiFailure({ kind: 'unknown', source, detail: error.message });
      throw error;
    }
  };
  return {
    alerts: (signal) => ask({ url: `${root}/alerts`, signal }, (body) => readRoutedAlerts(body, name)),
    silences: (signal) => ask({ url: `${root}/silences`, signal }, (body) => readSilences(body, name)),
    createSilence: (silence, signal) => {
      const json = { ...silence, startsAt: isoTime(silence.startsAt), endsAt: isoTime(silence.endsAt) };
      return ask({ url: `${root}/silences`, method: 'POST', json, signal }, readSilenceId);
    },
    expireSilence: (id, signal) =>
      ask(
        { url: `${root}/silence/${encodeURIComponent(id)}`, method: 'DELETE', signal },
        // Whatever a success says.
        () => undefined,
      ),
  };
}
