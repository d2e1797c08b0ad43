/**
 * Why something cannot be shown. Every page has words and a next step for each kind:
 * `not-configured`: nobody said where it is; `not-allowed`: Grafana refuses this user; `unauthorised`: the
 * exporter refuses Grafana's token; `exporter-down`, `prometheus-down`, `alertmanager-down`: no answer;
 * `not-scraped`: both answer and Prometheus has nothing of the exporter; `sources-failing`: the exporter answers
 * and cannot collect; `alerts-off`, `logs-off`: the exporter keeps no alerts, no lines;
 * `no-logs`, `no-traces`: it is older than its lines, its traces; `log-store-down`, `jaeger-down`: what keeps lines or
 * traces behind it does not answer; `trace-missing`: it has traces, and not this one; `not-found`: the thing asked for is
 * not there; `unknown`: anything else, with what the other side said.
 */
export type ProblemKind =
  | 'not-configured'
  | 'not-allowed'
  | 'unauthorised'
  | 'exporter-down'
  | 'prometheus-down'
  | 'alertmanager-down'
  | 'not-scraped'
  | 'sources-failing'
  | 'alerts-off'
  | 'logs-off'
  | 'no-logs'
  | 'no-traces'
  | 'log-store-down'
  | 'jaeger-down'
  | 'trace-missing'
  | 'not-found'
  | 'unknown';

/** There are no lines, or no traces, at all: only the page of that thing says what to do about it. */
export const WITHOUT_LOGS: ReadonlySet<ProblemKind> = new Set(['not-configured', 'logs-off', 'no-logs']);
export const WITHOUT_TRACES: ReadonlySet<ProblemKind> = new Set(['not-configured', 'no-traces']);

/** The places that data comes from; `grafana`: its own alert rules. */
export type Source = 'exporter' | 'prometheus' | 'alertmanager' | 'grafana';

export interface Problem {
  readonly kind: ProblemKind;
  readonly source: Source;
  /** What the other side said, for people; may be empty. */
  readonly detail: string;
}

/** A failed request, with its reason as pages understand it. */
export class ApiFailure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.source}: ${problem.kind}${problem.detail === '' ? '' : `: ${problem.detail}`}`);
    this.name = 'ApiFailure';
    this.problem = problem;
  }
}

/** The problem behind anything thrown. */
export function problemOf(error: unknown, source: Source): Problem {
  if (error instanceof ApiFailure) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'unknown', source, detail };
}
