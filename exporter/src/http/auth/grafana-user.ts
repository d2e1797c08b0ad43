import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { authenticationOf } from './access.ts';

/** The person signed in to Grafana on whose behalf a request comes. */
export interface GrafanaUser {
  readonly login: string;
  readonly name: string;
  /** Viewer, Editor, Admin or None, as Grafana says. */
  readonly orgRole: string;
}

const contextSchema = z.object({
  Login: z.string().min(1).max(256),
  Name: z.string().max(256).default(''),
  OrgRole: z.string().max(64).default(''),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Who acts, by the header `X-Grafana-Context` that Grafana's plugin proxy adds. Anybody can send such a header:
 * it is believed only when the request brought the right token, which only Grafana has. Undefined otherwise,
 * and when the header is missing or unreadable.
 */
export function grafanaUser(request: IncomingMessage): GrafanaUser | undefined {
  const header = request.headers['x-grafana-context'];
  if (authenticationOf(request) !== 'token' || typeof header !== 'string') return undefined;
  // Node reads headers as latin1; Grafana writes names in UTF-8.
  const context = contextSchema.safeParse(parseJson(Buffer.from(header, 'latin1').toString('utf8')));
  if (!context.success) return undefined;
  const { Login, Name, OrgRole } = context.data;
  return { login: Login, name: Name, orgRole: OrgRole };
}
