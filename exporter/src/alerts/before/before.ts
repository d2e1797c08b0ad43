import type { FleetOutput } from '../../fleet/fleet.ts';
import { type Alert, kindOf } from '../alert.ts';
import type { Maintenance } from '../maintenance/maintenance.ts';
import type { AlertStore } from '../store/store.ts';
import type { EventBook, EventKind } from './events.ts';

/** How long before an alert began is looked, milliseconds. */
export const LOOK_BACK = 600_000;
/** Most entries of an answer, and most alerts that are looked through for it. */
const MOST = 100;
const CANDIDATES = 500;

export const BEFORE_KINDS = ['alert', 'maintenance', 'log'] as const;

/** Something that happened before an alert began. */
export interface Before {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: EventKind | (typeof BEFORE_KINDS)[number];
  readonly title: string;
  readonly detail: string;
  /** Of another alert: its fingerprint, its device, and what both have in common. */
  readonly fingerprint: string | null;
  readonly deviceId: string | null;
  readonly shares: 'device' | 'location' | 'type' | null;
}

/** A pattern of log lines that began. */
export interface NewPattern {
  readonly at: number;
  readonly service: string;
  readonly text: string;
}

export interface BeforeSources {
  readonly store: Pick<AlertStore, 'begunBetween'>;
  readonly maintenance: Pick<Maintenance, 'list'>;
  readonly events: Pick<EventBook, 'list'>;
  readonly fleet: Pick<FleetOutput, 'find'>;
  /** Patterns of log lines that were seen for the first time between the moments. */
  readonly newPatterns: (from: number, to: number) => readonly NewPattern[];
}

const NOTHING = { detail: '', fingerprint: null, deviceId: null, shares: null } as const;

interface Place {
  readonly device: string | undefined;
  readonly location: string | undefined;
  readonly type: string | undefined;
}

/** Where an alert is: its labels first, else what the fleet knows of its device. */
function placeOf({ labels }: Alert, fleet: Pick<FleetOutput, 'find'>): Place {
  const device = labels['device_id'];
  const known = device === undefined ? undefined : fleet.find(device);
  const text = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
  return {
    device,
    location: text(labels['location'] ?? known?.location),
    type: text(labels['device_type'] ?? known?.deviceType),
  };
}

function sharedBy(a: Place, b: Place): Before['shares'] {
  if (a.device !== undefined && a.device === b.device) return 'device';
  if (a.location !== undefined && a.location === b.location) return 'location';
  return a.type !== undefined && a.type === b.type ? 'type' : null;
}

/** Other alerts of the same device, location or type. */
async function alertsBefore(alert: Alert, from: number, { store, fleet }: BeforeSources): Promise<Before[]> {
  const place = placeOf(alert, fleet);
  return (await store.begunBetween(from, alert.startsAt, CANDIDATES)).flatMap((other): Before[] => {
    if (other.fingerprint === alert.fingerprint) return [];
    const shares = sharedBy(place, placeOf(other, fleet));
    if (shares === null) return [];
    return [
      {
        ...{ at: other.startsAt, kind: 'alert', title: kindOf(other), detail: other.message, shares },
        ...{ fingerprint: other.fingerprint, deviceId: other.labels['device_id'] ?? null },
      },
    ];
  });
}

/** Windows that began or ended. */
async function maintenanceBefore(
  from: number,
  to: number,
  { maintenance }: BeforeSources,
): Promise<Before[]> {
  const within = (at: number): boolean => at >= from && at <= to;
  return (await maintenance.list()).flatMap((window): Before[] => {
    const { devices, deviceTypes, locations, comment, startsAt, endsAt } = window;
    const scope = [...devices, ...deviceTypes, ...locations].join(', ');
    const detail = comment === '' ? scope : `${scope}: ${comment}`;
    const entry = (at: number, title: string): Before[] =>
      within(at) ? [{ ...NOTHING, at, kind: 'maintenance', title, detail }] : [];
    return [...entry(startsAt, 'maintenance began'), ...entry(endsAt, 'maintenance ended')];
  });
}

/** What happened in the ten minutes before the alert began, the last first. */
export async function whatChangedBefore(alert: Alert, sources: BeforeSources): Promise<Before[]> {
  const [from, to] = [alert.startsAt - LOOK_BACK, alert.startsAt];
  const events = (await sources.events.list(from, to, MOST)).map(
    ({ at, kind, title, detail, by }): Before => ({
      ...{ ...NOTHING, at, kind, title },
      detail: [detail, by === 'exporter' ? '' : by].filter((text) => text !== '').join(' · '),
    }),
  );
  const patterns = sources
    .newPatterns(from, to)
    .map(({ at, service, text }): Before => ({ ...NOTHING, at, kind: 'log', title: service, detail: text }));
  return [
    ...(await alertsBefore(alert, from, sources)),
    ...(await maintenanceBefore(from, to, sources)),
    ...events,
    ...patterns,
  ]
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST);
}
