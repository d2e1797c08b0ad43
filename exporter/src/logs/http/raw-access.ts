import type { IncomingMessage } from 'node:http';
import { authenticationOf } from '../../http/auth/access.ts';
import { grafanaUser } from '../../http/auth/grafana-user.ts';
import type { LogRouteDependencies } from './dependencies.ts';

const EDITORS: ReadonlySet<string> = new Set(['Editor', 'Admin', 'Grafana Admin']);

/**
 * Whether the request may see lines as they were written. Where that is for editors, a Grafana user must be one; a
 * program must have shown a token or password.
 */
export function maySeeRaw({ rawFor }: LogRouteDependencies, request: IncomingMessage): boolean {
  if (rawFor() === 'viewer') return true;
  if (request.headers['x-grafana-context'] !== undefined) {
    const user = grafanaUser(request);
    return user !== undefined && EDITORS.has(user.orgRole);
  }
  return ['token', 'basic'].includes(authenticationOf(request) ?? '');
}
