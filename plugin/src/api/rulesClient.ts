import type { AlertRule } from '../domain/alerts/rule';
import { askExporter, whenConfigured } from './exporterRequest';
import { ShapeError } from './json';
import { ApiFailure, type Problem } from '../domain/problem';
import { prometheusProblem } from './prometheusClient';
import { AnswerError, askGrafana, type FailedAnswer } from './request';
import { readExporterRules, readPrometheusRules } from './ruleShapes';

/** Alerting rules with their instances, by who evaluates them. Every method throws `ApiFailure` or `AbortedError`. */
export interface RulesClient {
  prometheus(signal?: AbortSignal): Promise<AlertRule[]>;
  /** Grafana-managed rules; none where Grafana's alerting is switched off. */
  grafana(signal?: AbortSignal): Promise<AlertRule[]>;
  /** The rules that the exporter evaluates itself; none where Prometheus does. */
  exporter(signal?: AbortSignal): Promise<AlertRule[]>;
}

function grafanaProblem(answer: FailedAnswer): Problem {
  const { kind, detail } = prometheusProblem(answer);
  const known = kind === 'not-allowed' || kind === 'not-configured';
  return { kind: known ? kind : 'unknown', source: 'grafana', detail };
}

async function ask<T>(
  url: string,
  problem: (answer: FailedAnswer) => Problem,
  source: Problem['source'],
  read: (body: unknown) => T,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    return read(await askGrafana({ url, signal }));
  } catch (error) {
    if (error instanceof AnswerError) throw new ApiFailure(problem(error.answer));
    if (error instanceof ShapeError) throw new ApiFailure({ kind: 'unknown', source, detail: error.message });
    throw error;
  }
}

async function grafanaRules(signal: AbortSignal | undefined): Promise<AlertRule[]> {
  const url = '/api/prometheus/grafana/api/v1/rules';
  try {
    return await ask(url, grafanaProblem, 'grafana', (body) => readPrometheusRules(body, 'grafana'), signal);
  } catch (error) {
    if (error instanceof ApiFailure && error.problem.kind === 'not-configured') return [];
    throw error;
  }
}

/** The client; `exporterUrl` is only looked at: without one the exporter is not asked. */
export function createRulesClient(prometheusUid: string, exporterUrl: string): RulesClient {
  const url = `/api/prometheus/${encodeURIComponent(prometheusUid)}/api/v1/rules`;
  return {
    prometheus: (signal) =>
      ask(url, prometheusProblem, 'prometheus', (body) => readPrometheusRules(body, 'prometheus'), signal),
    grafana: grafanaRules,
    exporter: (signal) =>
      whenConfigured(exporterUrl, () =>
        askExporter({ path: '/api/v1/alerts/rules', signal }, readExporterRules),
      ),
  };
}
