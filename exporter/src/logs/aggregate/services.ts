import { LOG_LEVELS, type LogEntry, type LogLevel } from '../entry.ts';
import { countedHour, createHourCounts, type HourCounts, type HourRow } from './hour-counts.ts';
import { createMinuteCounts, type MinuteCounts } from './minute-counts.ts';

/** Services that are counted by name; more are counted as {@link OTHER_SERVICE}. */
const MOST_SERVICES = 100;
export const OTHER_SERVICE = 'other';
/** Longer names are no names of services; they are counted as {@link OTHER_SERVICE}. */
const LONGEST_NAME = 128;

const COLUMNS = new Map<LogLevel, number>(LOG_LEVELS.map((level, index) => [level, index]));

/** Column of a level in the counts by hour. */
export const columnOf = (level: LogLevel): number => COLUMNS.get(level) ?? 0;

/** Columns of the levels that are errors. */
export const ERROR_COLUMNS = [columnOf('ERROR'), columnOf('CRITICAL')] as const;

/** What is counted of one service. */
export interface ServiceCounts {
  readonly name: string;
  /** Entries by level, of all times, in the order of `LOG_LEVELS`. */
  readonly totals: number[];
  /** By hour of the event, a column a level. */
  readonly hours: HourCounts;
  /** By minute of reading. */
  readonly minutes: MinuteCounts;
  /** When its first entry was read, milliseconds since the epoch. */
  readonly since: number;
}

/** What is kept of a service over a restart. */
export interface RememberedService {
  readonly name: string;
  readonly since: number;
  readonly totals: readonly number[];
  readonly hours: readonly HourRow[];
}

/** The services that were heard of. */
export interface Services {
  /** The service to count for. */
  of(name: string, now: number): ServiceCounts;
  all(): readonly ServiceCounts[];
  /** When the first entry of the service was read, milliseconds since the epoch; Infinity where none was. */
  sinceOf(name: string): number;
}

/** Counts an entry by level and hour. */
export function countEntry(service: ServiceCounts, { level, timestamp, created }: LogEntry): void {
  const column = columnOf(level);
  service.totals[column] = (service.totals[column] ?? 0) + 1;
  const hour = countedHour(timestamp, created);
  if (hour !== undefined) service.hours.add(hour, column);
}

/** `remembered` are the services of an earlier run. */
export function createServices(remembered: readonly RememberedService[] = []): Services {
  const services = new Map<string, ServiceCounts>();

  function make({ name, since, totals, hours }: RememberedService): ServiceCounts {
    const service = {
      ...{ name, since, totals: LOG_LEVELS.map((_, index) => totals[index] ?? 0) },
      hours: createHourCounts(LOG_LEVELS.length, hours),
      minutes: createMinuteCounts(),
    };
    services.set(name, service);
    return service;
  }

  for (const service of remembered.slice(0, MOST_SERVICES + 1)) make(service);

  return {
    of: (name, now) => {
      const known = services.get(name);
      if (known !== undefined) return known;
      const counted =
        services.size < MOST_SERVICES && name.length <= LONGEST_NAME && name !== '' ? name : OTHER_SERVICE;
      return services.get(counted) ?? make({ name: counted, since: now, totals: [], hours: [] });
    },
    all: () => [...services.values()],
    sinceOf: (name) => services.get(name)?.since ?? Infinity,
  };
}
