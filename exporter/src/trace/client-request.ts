import { writeContext } from './trace-context.ts';
import type { Attributes, Span, Tracer } from './tracer.ts';

/** A request that is about to be sent. */
export interface ClientRequest {
  readonly method: string;
  /** Without user, password and what else is a secret: it becomes an attribute. */
  readonly url: URL;
  /** The path with placeholders for what varies, e.g. `/api/v1/devices/{device_id}`; names the span. */
  readonly template?: string;
  /** What else is known of who is asked. */
  readonly peer?: Attributes;
}

function attributesOf({ method, url, template, peer }: ClientRequest): Attributes {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return {
    'http.request.method': method,
    'url.full': url.href,
    'url.template': template,
    'server.address': url.hostname.replace(/^\[|\]$/g, ''),
    'server.port': port,
    ...peer,
  };
}

/**
 * Sends a request inside of a client span, by the stable conventions for HTTP. `send` gets the headers that carry the
 * span's context, none while nothing is traced. An answer of 400 and above is a failure of the span alone.
 */
export function clientRequest<T extends { readonly status: number }>(
  tracer: Tracer,
  request: ClientRequest,
  send: (headers: Readonly<Record<string, string>>, span: Span) => Promise<T>,
): Promise<T> {
  const { method, template } = request;
  const name = template === undefined ? method : `${method} ${template}`;
  // Who does not trace shall not pay for the attributes.
  const attributes = tracer.enabled ? attributesOf(request) : {};
  return tracer.span(name, { kind: 'client', attributes }, async (span) => {
    const answer = await send(tracer.enabled ? { ...writeContext(span.context) } : {}, span);
    const { status } = answer;
    span.set({ 'http.response.status_code': status });
    if (status >= 400) {
      span.fail(new Error(`answered ${status}`));
      span.set({ 'error.type': String(status) });
    }
    return answer;
  });
}
