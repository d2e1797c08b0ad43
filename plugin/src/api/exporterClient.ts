import { readCollectors, readDevice, readDevicePage, readHealth, readVersion } from './exporterShapes';
import type { Collector, ExporterDevice, ExporterDevicePage, Health } from './exporterTypes';
import { objectOrUndefined, ShapeError } from './json';
import { PLUGIN_ID } from './pluginId';
import { ApiFailure, type Problem } from './problem';
import { AnswerError, askGrafana, type FailedAnswer } from './request';

/** Where Grafana forwards to the exporter (`routes` of plugin.json). */
export const EXPORTER_PROXY = `/api/plugin-proxy/${PLUGIN_ID}/exporter`;

/** Devices a page; the exporter gives no more. */
const PAGE_LIMIT = 1000;
/** The longest text that the exporter searches for, characters. */
const LONGEST_SEARCH = 256;

/** The exporter's API, reached by Grafana's plugin proxy. Every method throws `ApiFailure` or `AbortedError`. */
export interface ExporterClient {
  /** All devices, at most `most`; `complete` is false when there are more. */
  devices(most: number, signal?: AbortSignal): Promise<{ devices: ExporterDevice[]; complete: boolean }>;
  /** One device; undefined when the exporter never heard of it. */
  device(deviceId: string, signal?: AbortSignal): Promise<ExporterDevice | undefined>;
  collectors(signal?: AbortSignal): Promise<Collector[]>;
  health(signal?: AbortSignal): Promise<Health>;
  version(signal?: AbortSignal): Promise<string>;
}

/** The sentence of the exporter's own error body (contract §2); undefined when somebody else answered. */
function exporterMessage(data: unknown): string | undefined {
  const error = objectOrUndefined(objectOrUndefined(data)?.error);
  return typeof error?.message === 'string' ? error.message : undefined;
}

function grafanaMessage(data: unknown): string | undefined {
  const message = objectOrUndefined(data)?.message;
  return typeof message === 'string' ? message : undefined;
}

/** Who refused and why. Exported for the connection test, which shows each case in words of its own. */
export function exporterProblem(answer: FailedAnswer): Problem {
  const own = exporterMessage(answer.data);
  const detail = own ?? grafanaMessage(answer.data) ?? answer.text;
  const problem = (kind: Problem['kind']): Problem => ({ kind, source: 'exporter', detail });
  if (own !== undefined) {
    if (answer.status === 401 || answer.status === 403) return problem('unauthorised');
    return problem(answer.status === 404 ? 'not-found' : 'unknown');
  }
  if (answer.status === 401 || answer.status === 403) return problem('not-allowed');
  if (answer.status === 0 || (answer.status >= 502 && answer.status <= 504)) return problem('exporter-down');
  return problem('unknown');
}

async function get<T>(path: string, read: (body: unknown) => T, signal: AbortSignal | undefined): Promise<T> {
  try {
    return read(await askGrafana({ url: `${EXPORTER_PROXY}${path}`, signal }));
  } catch (error) {
    if (error instanceof AnswerError) throw new ApiFailure(exporterProblem(error.answer));
    if (error instanceof ShapeError) {
      throw new ApiFailure({ kind: 'unknown', source: 'exporter', detail: error.message });
    }
    throw error;
  }
}

function devicePage(
  query: Readonly<Record<string, string>>,
  cursor: string | null,
  signal: AbortSignal | undefined,
): Promise<ExporterDevicePage> {
  const parameters = new URLSearchParams({ ...query, limit: String(PAGE_LIMIT) });
  if (cursor !== null) parameters.set('cursor', cursor);
  return get(`/api/v1/devices?${parameters.toString()}`, readDevicePage, signal);
}

async function allDevices(
  most: number,
  signal: AbortSignal | undefined,
): Promise<{ devices: ExporterDevice[]; complete: boolean }> {
  const devices: ExporterDevice[] = [];
  let cursor: string | null = null;
  do {
    const page = await devicePage({}, cursor, signal);
    devices.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && devices.length < most);
  return { devices, complete: cursor === null };
}

/** By its own path; every browser writes the 404 of an unknown device into its console. */
async function deviceByPath(deviceId: string, signal?: AbortSignal): Promise<ExporterDevice | undefined> {
  try {
    return await get(`/api/v1/devices/${encodeURIComponent(deviceId)}`, readDevice, signal);
  } catch (error) {
    if (error instanceof ApiFailure && error.problem.kind === 'not-found') return undefined;
    throw error;
  }
}

/** By searching for the id, which no proxy can mistake for a path: ids may hold slashes and dots. */
async function deviceBySearch(deviceId: string, signal?: AbortSignal): Promise<ExporterDevice | undefined> {
  let cursor: string | null = null;
  do {
    const page = await devicePage({ q: deviceId }, cursor, signal);
    const device = page.items.find((item) => item.deviceId === deviceId);
    if (device !== undefined) return device;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return undefined;
}

/** The client; `exporterUrl` is only looked at: without one nothing is asked. */
export function createExporterClient(exporterUrl: string): ExporterClient {
  const configured = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (exporterUrl === '') throw new ApiFailure({ kind: 'not-configured', source: 'exporter', detail: '' });
    return ask();
  };
  return {
    devices: (most, signal) => configured(() => allDevices(most, signal)),
    device: (deviceId, signal) =>
      configured(() =>
        deviceId.length > LONGEST_SEARCH ? deviceByPath(deviceId, signal) : deviceBySearch(deviceId, signal),
      ),
    collectors: (signal) => configured(() => get('/api/v1/collectors', readCollectors, signal)),
    health: (signal) => configured(() => get('/api/v1/health', readHealth, signal)),
    version: (signal) => configured(() => get('/api/v1/openapi.json', readVersion, signal)),
  };
}
