/** What can be broken besides devices. */
export const FAULTS = [
  'broker-stalls-database',
  'database-down',
  'broker-down',
  'api-500',
  'api-slow',
  'api-down',
  'redis-down',
  'nan-telemetry',
  'null-status',
] as const;

export type Fault = (typeof FAULTS)[number];

/** What each fault does to the platform, for people. */
export const FAULT_MEANING: Readonly<Record<Fault, string>> = {
  'broker-stalls-database': 'MQTT goes on, but the database does not grow any more',
  'database-down': 'PostgreSQL is stopped; the API answers 500 and calls itself unhealthy',
  'broker-down': 'the MQTT broker closes all connections and its port',
  'api-500': 'every data endpoint answers 500 in plain text while the health endpoint says healthy',
  'api-slow': 'every answer of the API takes three seconds more',
  'api-down': 'the API closes every connection without an answer',
  'redis-down': 'the health endpoint calls Redis disabled, and itself healthy',
  'nan-telemetry': 'a NaN is stored for one device; whatever shows it answers 500',
  'null-status': 'one device loses its status; the whole device list answers 500',
};

/** The faults that are in force. */
export interface Faults {
  has(fault: Fault): boolean;
  set(fault: Fault, broken: boolean): void;
  active(): Fault[];
}

export function createFaults(): Faults {
  const active = new Set<Fault>();
  return {
    has: (fault) => active.has(fault),
    set(fault, broken) {
      if (broken) active.add(fault);
      else active.delete(fault);
    },
    active: () => [...active],
  };
}
