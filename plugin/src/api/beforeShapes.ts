import type { BeforeEntry } from '../domain/alerts/before';
import { asList, asObject, asText, asTextOrNull, asTime } from './json';

/** What happened before an alert, the last first. Throws `ShapeError`. */
export function readBefore(value: unknown): BeforeEntry[] {
  return asList(asObject(value, 'before').items, 'before.items', (item, where) => {
    const entry = asObject(item, where);
    const text = (key: string): string => asText(entry[key], `${where}.${key}`);
    return {
      at: asTime(entry.at, `${where}.at`),
      ...{ kind: text('kind'), title: text('title'), detail: text('detail') },
      deviceId: asTextOrNull(entry.deviceId, `${where}.deviceId`),
      shares: asTextOrNull(entry.shares, `${where}.shares`),
    };
  });
}
