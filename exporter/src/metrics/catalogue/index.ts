import type { Family } from '../family.ts';
import * as accessLog from './access-log.ts';
import * as alerts from './alerts.ts';
import * as collection from './collection.ts';
import * as devices from './devices.ts';
import * as gateway from './gateway.ts';
import * as http from './http.ts';
import * as logs from './logs.ts';
import * as platform from './platform.ts';
import * as rules from './rules.ts';
import * as traces from './traces.ts';

function isFamily(value: unknown): value is Family {
  return typeof value === 'object' && value !== null && 'help' in value && 'cardinality' in value;
}

/** Every family that the exporter can expose, by name. */
export const CATALOGUE: readonly Family[] = [
  platform,
  devices,
  accessLog,
  alerts,
  collection,
  gateway,
  http,
  logs,
  rules,
  traces,
]
  .flatMap((module) => Object.values<unknown>(module))
  .filter(isFamily)
  .sort((a, b) => (a.name < b.name ? -1 : 1));
