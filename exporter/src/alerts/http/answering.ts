import { HttpError } from '../../http/http-error.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { TransitionError } from '../transitions.ts';

/** Runs the work; what the store refuses or cannot do becomes a 409 or 503 that says why. */
export function answering<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TransitionError) throw new HttpError(409, error.message);
    if (error instanceof StoreError)
      throw new HttpError(503, error.message, { headers: { 'Retry-After': '30' } });
    throw error;
  }
}

/** The alert, or a 404 that names the fingerprint. */
export function found<T>(value: T | undefined, fingerprint: string): T {
  if (value === undefined) throw new HttpError(404, `there is no alert ${fingerprint}`);
  return value;
}
