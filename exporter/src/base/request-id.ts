import { randomUUID } from 'node:crypto';

/** A correlation id that may stand in logs, headers and addresses as it is: one rule, so that one id passes through gateway and exporter (contract §8). */
export function isRequestId(text: string): boolean {
  return /^[\w.-]{1,64}$/.test(text);
}

/** The client's own id or, where it gave none, several, or one that may not be passed on, a new one. */
export function requestIdFrom(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && isRequestId(given) ? given : randomUUID();
}
