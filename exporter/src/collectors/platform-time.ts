const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

function normalisedZone(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z';
  const digits = zone.replace(':', '').slice(1).padEnd(4, '0');
  return `${zone.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/**
 * Milliseconds since the epoch of a time as the platform writes it: with `Z`, with an offset, or without a
 * zone, which means UTC. Null for everything that is not such a time.
 */
export function parsePlatformTime(text: string): number | null {
  const match = ISO_TIME.exec(text.trim());
  if (match === null) return null;
  const [, date = '', clock = '00:00', fraction = '', zone = 'Z'] = match;
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const time = Date.parse(`${date}T${seconds}.${millis}${normalisedZone(zone)}`);
  return Number.isNaN(time) ? null : time;
}
