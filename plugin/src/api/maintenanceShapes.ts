import type { MaintenanceWindow } from '../domain/alerts/silence';
import { asList, asObject, asOneOf, asText, asTextOrNull, asTime } from './json';

export const WINDOW_STATES = ['planned', 'active', 'ended'] as const;

/** A maintenance window of the exporter. Throws `ShapeError`. */
export function readWindow(value: unknown, where = 'window'): MaintenanceWindow {
  const window = asObject(value, where);
  const texts = (key: string): string[] => asList(window[key], `${where}.${key}`, asText);
  return {
    id: asText(window.id, `${where}.id`),
    state: asOneOf(WINDOW_STATES, window.state, `${where}.state`),
    devices: texts('devices'),
    deviceTypes: texts('deviceTypes'),
    locations: texts('locations'),
    startsAt: asTime(window.startsAt, `${where}.startsAt`),
    endsAt: asTime(window.endsAt, `${where}.endsAt`),
    createdBy: asText(window.createdBy, `${where}.createdBy`),
    comment: asText(window.comment, `${where}.comment`),
    endedBy: asTextOrNull(window.endedBy, `${where}.endedBy`),
  };
}

/** The windows. Throws `ShapeError`. */
export function readWindows(value: unknown): MaintenanceWindow[] {
  return asList(asObject(value, 'maintenance').items, 'maintenance.items', readWindow);
}
