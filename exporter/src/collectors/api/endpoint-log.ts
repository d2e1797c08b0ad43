import type { Logger } from '../../log/logger.ts';
import { ENDPOINTS } from './endpoints.ts';
import type { ApiParts } from './parts.ts';

/** The error of each endpoint's last answer; undefined where it worked. An endpoint of two parts has the first error. */
export function endpointErrors(parts: ApiParts): ReadonlyMap<string, string | undefined> {
  const errors = new Map<string, string | undefined>();
  for (const part of parts.all)
    if (part.asked) errors.set(part.endpoint, errors.get(part.endpoint) ?? part.error);
  const listError = parts.devices.current()?.listError;
  if (listError !== undefined) errors.set(ENDPOINTS.devices, listError.message);
  return errors;
}

/** Logs an endpoint's error when it changes and when it is over. */
export function createEndpointLog(logger: Logger): (errors: ReadonlyMap<string, string | undefined>) => void {
  const before = new Map<string, string | undefined>();
  return (errors) => {
    for (const [endpoint, error] of errors) {
      const known = before.get(endpoint);
      before.set(endpoint, error);
      if (error !== undefined && error !== known)
        logger.warn({ endpoint, error }, 'an endpoint gives no usable data: the others count without it');
      if (error === undefined && known !== undefined) logger.info({ endpoint }, 'the endpoint works again');
    }
  };
}
