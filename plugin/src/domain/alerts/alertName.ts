import type { AlertRow } from './alert';

/** Alerts that are named of many; of the rest it is said how many they are. */
export const MOST_NAMED = 5;

/** What the alert is about: its device, else the instance; undefined where it has neither. */
export function whereOf({ labels }: Pick<AlertRow, 'labels'>): string | undefined {
  return labels.device_id ?? labels.instance;
}

/** The first of the alerts by name and place, as `FanStuck (MOCK-1)`, and how many are left out. */
export function firstNames(alerts: readonly AlertRow[]): {
  readonly names: readonly string[];
  readonly more: number;
} {
  const names = alerts.slice(0, MOST_NAMED).map((alert) => {
    const where = whereOf(alert);
    return where === undefined ? alert.name : `${alert.name} (${where})`;
  });
  return { names, more: alerts.length - names.length };
}
