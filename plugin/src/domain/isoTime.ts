/** A moment, milliseconds since the epoch, in ISO 8601, UTC; what nobody knows stays null. */
export function isoTime(at: number): string;
export function isoTime(at: number | null | undefined): string | null;
export function isoTime(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
