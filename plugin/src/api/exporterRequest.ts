import { objectOrUndefined, ShapeError } from './json';
import { PLUGIN_ID } from './pluginId';
import { ApiFailure, type Problem } from '../domain/problem';
import { AnswerError, askGrafana, type FailedAnswer } from './request';

/** Where Grafana forwards to the exporter (`routes` of plugin.json). */
const EXPORTER_PROXY = `/api/plugin-proxy/${PLUGIN_ID}/exporter`;

/** A request to the exporter: with a body it is a POST. */
export interface ExporterRequest {
  /** Path and query at the exporter, e.g. `/api/v1/devices?limit=5`. */
  readonly path: string;
  /** JSON body; undefined reads. */
  readonly body?: object | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The exporter's own error body (contract §2); undefined when somebody else answered. */
function exporterError(data: unknown): { readonly code: unknown; readonly message: string } | undefined {
  const error = objectOrUndefined(objectOrUndefined(data)?.error);
  return typeof error?.message === 'string' ? { code: error.code, message: error.message } : undefined;
}

function grafanaMessage(data: unknown): string | undefined {
  const message = objectOrUndefined(data)?.message;
  return typeof message === 'string' ? message : undefined;
}

function kindOfOwn(status: number, code: unknown, message: string): Problem['kind'] {
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 503 && message.includes('VALTRONICS_ALERTS_ENABLED')) return 'alerts-off';
  if (status === 503 && message.includes('VALTRONICS_LOGS_ENABLED')) return 'logs-off';
  // Only Jaeger can keep the exporter from answering about traces: its own are in memory.
  if (status === 503 && message.includes('Jaeger')) return 'jaeger-down';
  if (status === 404) return code === 'trace_not_found' ? 'trace-missing' : 'not-found';
  return 'unknown';
}

/** Who refused and why. Exported for the connection test, which shows each case in words of its own. */
export function exporterProblem({ status, data, text }: FailedAnswer): Problem {
  const own = exporterError(data);
  const detail = own?.message ?? grafanaMessage(data) ?? text;
  const problem = (kind: Problem['kind']): Problem => ({ kind, source: 'exporter', detail });
  if (own !== undefined) return problem(kindOfOwn(status, own.code, own.message));
  if (status === 401 || status === 403) return problem('not-allowed');
  if (status === 0 || (status >= 502 && status <= 504)) return problem('exporter-down');
  return problem('unknown');
}

/** Asks the exporter by Grafana's plugin proxy; throws `ApiFailure` or `AbortedError`. */
export async function askExporter<T>(
  { path, body, signal }: ExporterRequest,
  read: (body: unknown) => T,
): Promise<T> {
  const url = `${EXPORTER_PROXY}${path}`;
  try {
    return read(
      await askGrafana(body === undefined ? { url, signal } : { url, method: 'POST', json: body, signal }),
    );
  } catch (error) {
    if (error instanceof AnswerError) throw new ApiFailure(exporterProblem(error.answer));
    if (error instanceof ShapeError) {
      throw new ApiFailure({ kind: 'unknown', source: 'exporter', detail: error.message });
    }
    throw error;
  }
}

/** Asks only when an address of the exporter is set; nobody is bothered otherwise. */
export async function whenConfigured<T>(exporterUrl: string, ask: () => Promise<T>): Promise<T> {
  if (exporterUrl === '') throw new ApiFailure({ kind: 'not-configured', source: 'exporter', detail: '' });
  return ask();
}
