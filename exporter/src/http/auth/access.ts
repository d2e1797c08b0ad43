import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { HttpError } from '../http-error.ts';
import type { BasicAuth, BasicUsers } from './basic-auth.ts';
import { type Credentials, parseAuthorization, sameSecret } from './credentials.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';
import { isForeignOrigin } from './origin.ts';

/** How a request showed that it may do what it does; `open` for what anybody may. */
export type Authentication = 'token' | 'basic' | 'loopback' | 'open';

export interface AccessOptions {
  readonly token: () => string | undefined;
  readonly users: () => BasicUsers;
  readonly basicAuth: BasicAuth;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const authentications = new WeakMap<IncomingMessage, Authentication>();

/** How the request was authenticated, once `accessControl` has let it pass. */
export function authenticationOf(request: IncomingMessage): Authentication | undefined {
  return authentications.get(request);
}

function unauthorized(message: string, challenges: readonly string[]): HttpError {
  return new HttpError(401, message, { headers: { 'WWW-Authenticate': challenges.join(', ') } });
}

async function passesBasic(
  credentials: Credentials,
  request: Request,
  basicAuth: BasicAuth,
): Promise<boolean> {
  if (credentials.scheme !== 'basic') return false;
  const address = request.socket.remoteAddress ?? '';
  const outcome = await basicAuth(address, credentials.user, credentials.password);
  if (typeof outcome === 'string') return outcome === 'right';
  throw new HttpError(429, 'too many failed log-ins from this address', {
    headers: { 'Retry-After': String(Math.ceil(outcome.retryAfter / 1000)) },
  });
}

/** What proxies add: the request comes from somewhere else, whatever the socket says. */
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** A write that nobody signed must come from this machine, and not from a page that a browser on it shows. */
function requireLocal(request: Request): void {
  if (FORWARDING.some((name) => request.headers[name] !== undefined)) {
    throw new HttpError(
      403,
      'without a token, writes through a proxy are not accepted: set VALTRONICS_TOKEN',
    );
  }
  if (!isLoopbackAddress(request.socket.remoteAddress)) {
    throw new HttpError(403, 'without a token, writes are accepted from loopback only: set VALTRONICS_TOKEN');
  }
  // HTTP/1.0 has no Host, and no browser speaks it.
  const mayLackHost = request.httpVersion === '1.0' && request.headers.host === undefined;
  if (!mayLackHost && !isLoopbackHost(request.headers.host)) {
    throw new HttpError(403, 'without a token, writes must be addressed to localhost or a loopback address');
  }
}

/**
 * Decides who may do what (contract §2, "Auth"). With a token, everything below `/api` and every write needs
 * it; with basic users everything needs one of them, or, below `/api` and for writes, the token. Without either,
 * writes come from loopback only. A write from a foreign page is never accepted.
 */
export function accessControl({ token, users, basicAuth }: AccessOptions): RequestHandler {
  async function authenticate(request: Request, guarded: boolean): Promise<Authentication> {
    const secret = token();
    const credentials = parseAuthorization(request.headers.authorization);
    const tokenCounts = guarded && secret !== undefined;
    if (tokenCounts && credentials.scheme === 'bearer' && sameSecret(credentials.token, secret))
      return 'token';
    const bearer = 'Bearer realm="valtronics-exporter"';
    const basic = 'Basic realm="valtronics-exporter", charset="UTF-8"';
    if (users().size > 0) {
      if (await passesBasic(credentials, request, basicAuth)) return 'basic';
      throw unauthorized('user or password is missing or wrong', tokenCounts ? [basic, bearer] : [basic]);
    }
    if (tokenCounts) throw unauthorized('the bearer token is missing or wrong', [bearer]);
    return 'open';
  }

  return async (request, _response, next) => {
    const write = !SAFE_METHODS.has(request.method);
    const api = request.path === '/api' || request.path.startsWith('/api/');
    let authentication = await authenticate(request, api || write);
    if (write) {
      if (isForeignOrigin(request.headers.origin, request.headers.host)) {
        throw new HttpError(403, 'writes from a page of another site are not accepted');
      }
      if (authentication === 'open') {
        requireLocal(request);
        authentication = 'loopback';
      }
    }
    authentications.set(request, authentication);
    next();
  };
}
