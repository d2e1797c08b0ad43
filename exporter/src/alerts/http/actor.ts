import type { IncomingMessage } from 'node:http';
import { authenticationOf } from '../../http/auth/access.ts';
import { grafanaUser } from '../../http/auth/grafana-user.ts';
import type { Actor } from '../alert.ts';

/** Who asks for a change: the Grafana user where one can be believed, else the way they came in. */
export function actorOf(request: IncomingMessage): Actor {
  const user = grafanaUser(request);
  if (user !== undefined) return { kind: 'grafana', name: user.login };
  const authentication = authenticationOf(request);
  const kind = authentication === 'token' || authentication === 'basic' ? authentication : 'loopback';
  return { kind, name: kind };
}
