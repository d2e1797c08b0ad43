import {
  readCollectors,
  readDevice,
  readDevicePage,
  readHealth,
  readUnusableMessages,
  readVersion,
} from './exporterShapes';
import type { Collector, ExporterDevice, ExporterDevicePage, Health, UnusableMessage } from './exporterTypes';
import { askExporter, whenConfigured } from './exporterRequest';
import { ApiFailure } from '../domain/problem';

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
  /** MQTT messages that could not be used; none from an exporter that does not keep them. */
  unusable(signal?: AbortSignal): Promise<UnusableMessage[]>;
}

function devicePage(
  query: Readonly<Record<string, string>>,
  cursor: string | null,
  signal: AbortSignal | undefined,
): Promise<ExporterDevicePage> {
  const parameters = new URLSearchParams({ ...query, limit: String(PAGE_LIMIT) });
  if (cursor !== null) parameters.set('cursor', cursor);
  return askExporter({ path: `/api/v1/devices?${parameters.toString()}`, signal }, readDevicePage);
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
    return await askExporter({ path: `/api/v1/devices/${encodeURIComponent(deviceId)}`, signal }, readDevice);
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

async function unusableMessages(signal?: AbortSignal): Promise<UnusableMessage[]> {
  try {
    return await askExporter({ path: '/api/v1/mqtt/unusable', signal }, readUnusableMessages);
  } catch (error) {
    if (error instanceof ApiFailure && error.problem.kind === 'not-found') return [];
    throw error;
  }
}

/** The client; `exporterUrl` is only looked at: without one nothing is asked. */
export function createExporterClient(exporterUrl: string): ExporterClient {
  const configured = <T>(ask: () => Promise<T>): Promise<T> => whenConfigured(exporterUrl, ask);
  return {
    devices: (most, signal) => configured(() => allDevices(most, signal)),
    device: (deviceId, signal) =>
      configured(() =>
        deviceId.length > LONGEST_SEARCH ? deviceByPath(deviceId, signal) : deviceBySearch(deviceId, signal),
      ),
    collectors: (signal) =>
      configured(() => askExporter({ path: '/api/v1/collectors', signal }, readCollectors)),
    health: (signal) => configured(() => askExporter({ path: '/api/v1/health', signal }, readHealth)),
    unusable: (signal) => configured(() => unusableMessages(signal)),
    version: (signal) => configured(() => askExporter({ path: '/api/v1/openapi.json', signal }, readVersion)),
  };
}
