import { objectOrUndefined, ShapeError } from './json';
import {
  readExemplars,
  readInstant,
  readRange,
  type Exemplar,
  type InstantRow,
  type RangeSeries,
} from './prometheusShapes';
import { ApiFailure, type Problem, type ProblemKind } from '../domain/problem';
import { AnswerError, askGrafana, type FailedAnswer } from './request';

/** A span of time, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Prometheus behind Grafana's data source. Answers are read as they are: a fleet is one table of rows here and
 * never one data frame a device. Every method throws `ApiFailure` or `AbortedError`.
 */
export interface PrometheusClient {
  /** `at`: milliseconds since the epoch. */
  instant(expression: string, at: number, signal?: AbortSignal): Promise<InstantRow[]>;
  /** `points`: how many of a series at most. */
  range(expression: string, span: Span, signal?: AbortSignal, points?: number): Promise<RangeSeries[]>;
  /** Exemplars of the series in the expression; none where Prometheus does not store them. */
  exemplars(expression: string, span: Span, signal?: AbortSignal): Promise<Exemplar[]>;
}

/** Points a series in a range query: as many as a wide chart has pixels, and far below Prometheus' limit of 11,000. */
const POINTS = 600;
/** No step is shorter than the scrape interval of the exporter's job (`provisioning/prometheus`), seconds. */
const SHORTEST_STEP_SECONDS = 10;

/** Seconds between the points of a range query. */
export function stepSeconds({ from, to }: Span, points = POINTS): number {
  return Math.max(SHORTEST_STEP_SECONDS, Math.ceil((to - from) / 1000 / points));
}

/** Backslash, quote and line break of a label value, escaped for PromQL. */
export function promqlText(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** A regular expression that matches exactly the texts, as PromQL text. */
export function promqlOneOf(values: readonly string[]): string {
  return promqlText(values.map((value) => value.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('|'));
}

function prometheusMessage(data: unknown): string | undefined {
  const body = objectOrUndefined(data);
  if (body?.status === 'error' && typeof body.error === 'string') return body.error;
  return undefined;
}

function grafanaMessage(data: unknown): string | undefined {
  const body = objectOrUndefined(data);
  const text = body?.error ?? body?.message;
  return typeof text === 'string' ? text : undefined;
}

function kindOf({ status, data }: FailedAnswer): ProblemKind {
  // 400 and 422 with Prometheus' own body: it is up and did not like the query.
  if (prometheusMessage(data) !== undefined && status < 500) return 'unknown';
  if (status === 404) return 'not-configured';
  if (status === 401 || status === 403) return 'not-allowed';
  return status === 0 || status >= 500 ? 'prometheus-down' : 'unknown';
}

/** Why Prometheus could not be asked. */
export function prometheusProblem(answer: FailedAnswer): Problem {
  const detail = prometheusMessage(answer.data) ?? grafanaMessage(answer.data) ?? answer.text;
  return { kind: kindOf(answer), source: 'prometheus', detail };
}

async function ask<T>(
  uid: string,
  path: string,
  form: Readonly<Record<string, string>>,
  read: (body: unknown) => T,
  signal: AbortSignal | undefined,
): Promise<T> {
  // POST: the expression may be long. Grafana forwards it to Prometheus as it is.
  const url = `/api/datasources/uid/${encodeURIComponent(uid)}/resources/api/v1/${path}`;
  try {
    return read(await askGrafana({ url, method: 'POST', form, signal }));
  } catch (error) {
    if (error instanceof AnswerError) throw new ApiFailure(prometheusProblem(error.answer));
    if (error instanceof ShapeError) {
      throw new ApiFailure({ kind: 'unknown', source: 'prometheus', detail: error.message });
    }
    throw error;
  }
}

const seconds = (ms: number): string => String(ms / 1000);

/** The client of the data source with the uid. */
export function createPrometheusClient(uid: string): PrometheusClient {
  return {
    instant: (query, at, signal) => ask(uid, 'query', { query, time: seconds(at) }, readInstant, signal),
    range: (query, span, signal, points) => {
      const step = stepSeconds(span, points);
      const align = (ms: number): string => String(Math.floor(ms / 1000 / step) * step);
      const form = { query, start: align(span.from), end: align(span.to), step: String(step) };
      return ask(uid, 'query_range', form, readRange, signal);
    },
    exemplars: (query, { from, to }, signal) =>
      ask(uid, 'query_exemplars', { query, start: seconds(from), end: seconds(to) }, readExemplars, signal),
  };
}
