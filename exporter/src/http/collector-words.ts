import { COLLECTOR_NAMES, type CollectorName } from '../metrics/family.ts';
import type { CollectorState } from './dependencies.ts';
import { formatClock, formatDuration } from '../base/time-words.ts';

/** The setting that turns a collector on (contract §3). */
export const COLLECTOR_SETTINGS: Readonly<Record<CollectorName, string>> = {
  api: 'VALTRONICS_API_URL',
  postgres: 'VALTRONICS_DATABASE_URL',
  mqtt: 'VALTRONICS_MQTT_URL',
  broker: 'VALTRONICS_MQTT_URL',
  redis: 'VALTRONICS_REDIS_URL',
  access_log: 'VALTRONICS_LOG_PATHS',
};

/** How a source is doing, as one word. */
export type SourceState = 'ok' | 'failing' | 'paused' | 'waiting' | 'not_configured';

/** A source with its state in a word and in a sentence. */
export interface SourceReport {
  readonly name: CollectorName;
  readonly state: SourceState;
  readonly words: string;
  /** Undefined when the source is not configured. */
  readonly collector: CollectorState | undefined;
}

function stateWord(collector: CollectorState): SourceState {
  if (!collector.attempted) return 'waiting';
  if (collector.success) return 'ok';
  return collector.circuit === 'open' ? 'paused' : 'failing';
}

/** "for 12 min, since 14:02 UTC", as far as it is known when the present state began. */
function since(collector: CollectorState, now: number): string {
  const began = collector.since ?? null;
  if (began === null) return '';
  return ` for ${formatDuration(now - began)}, since ${formatClock(began, now)}`;
}

function lastSuccess(collector: CollectorState, now: number): string {
  if (collector.lastSuccess === null) return 'never succeeded';
  return `last success ${formatDuration(now - collector.lastSuccess)} ago`;
}

function words(state: SourceState, collector: CollectorState, now: number): string {
  const error = collector.lastError ?? 'unknown error';
  switch (state) {
    case 'ok':
      return `ok${since(collector, now)}; ${lastSuccess(collector, now)}`;
    case 'failing':
      return `failing${since(collector, now)} (${lastSuccess(collector, now)}): ${error}`;
    case 'paused': {
      const wait =
        collector.nextTry === null ? '' : `, next try in ${formatDuration(collector.nextTry - now)}`;
      return `paused after ${collector.failures} failures${wait} (${lastSuccess(collector, now)}): ${error}`;
    }
    default:
      return 'waiting for its first attempt to finish';
  }
}

/** Every source that the exporter can collect, in the order of the catalogue. `now` is milliseconds since the epoch. */
export function describeSources(collectors: readonly CollectorState[], now: number): SourceReport[] {
  return COLLECTOR_NAMES.map((name) => {
    const collector = collectors.find((candidate) => candidate.name === name);
    if (collector === undefined) {
      const text = `not configured: set ${COLLECTOR_SETTINGS[name]} to turn it on`;
      return { name, state: 'not_configured', words: text, collector };
    }
    const state = stateWord(collector);
    return { name, state, words: words(state, collector, now), collector };
  });
}
