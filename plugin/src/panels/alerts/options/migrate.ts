import type { PanelModel } from '@grafana/data';
import { ALERT_ORIGINS, ALERT_STATES } from '../../../domain/alerts/alert';
import { type AlertsOptions, defaultOptions } from './options';

const SOURCES = ['valtronics', 'query'] as const;
const MODES = ['current', 'changes'] as const;
const SORTS = ['severity', 'newest', 'oldest', 'name'] as const;
const DENSITIES = ['compact', 'wide'] as const;

function oneOf<T extends string>(known: readonly T[], value: unknown, otherwise: T): T {
  return known.find((word) => word === value) ?? otherwise;
}

function someOf<T extends string>(known: readonly T[], value: unknown, otherwise: readonly T[]): T[] {
  return Array.isArray(value) ? known.filter((word) => value.includes(word)) : [...otherwise];
}

function texts(value: unknown, otherwise: readonly string[]): string[] {
  return Array.isArray(value)
    ? value.filter((entry): entry is string => typeof entry === 'string')
    : [...otherwise];
}

/** Options of any earlier version as this one writes them: what is missing or unknown gets its default. */
export function migrateOptions(panel: Pick<PanelModel<Partial<AlertsOptions>>, 'options'>): AlertsOptions {
  const options: Partial<AlertsOptions> = panel.options;
  const { maxRows } = options;
  return {
    ...defaultOptions,
    ...options,
    source: oneOf(SOURCES, options.source, defaultOptions.source),
    mode: oneOf(MODES, options.mode, defaultOptions.mode),
    sortBy: oneOf(SORTS, options.sortBy, defaultOptions.sortBy),
    density: oneOf(DENSITIES, options.density, defaultOptions.density),
    origins: someOf(ALERT_ORIGINS, options.origins, defaultOptions.origins),
    states: someOf(ALERT_STATES, options.states, defaultOptions.states),
    severities: texts(options.severities, defaultOptions.severities),
    labels: texts(options.labels, defaultOptions.labels),
    maxRows: typeof maxRows === 'number' && maxRows >= 0 ? Math.floor(maxRows) : defaultOptions.maxRows,
  };
}
