import { z } from 'zod';
import { connectionWords, type ConnectionSettings } from '../../base/connection-words.ts';
import { basicAuthorization, parseCredentialUrl } from '../../base/credential-url.ts';
import { messageOf } from '../../base/errors.ts';
import { retryAfter } from '../../base/retry-after.ts';
import { DeliveryError } from './receiver.ts';
import { cut } from './wording.ts';

/** Most of an answer that is shown to people. */
const EXCERPT = 200;
/** Client errors that may pass: a timeout, too early, too many requests. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);
/** Most bytes that are read of what answers a sending: an excerpt is all that is shown of it. */
const ANSWER_BYTES = 64 * 1024;
/** Most bytes of something that was asked for, such as all alerts of an Alertmanager. */
const ASKED_BYTES = 32 * 1024 * 1024;

/** The other side's own time, by which it means a date; ours when it does not say it. */
function timeThere(response: Response): number {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

/** Where somebody is told, in words for errors: an address may hold a secret and is never shown. */
export interface Destination extends ConnectionSettings {
  /** E.g. `Slack`. */
  readonly name: string;
  /** May hold user and password. */
  readonly url: string;
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

const excerpt = (text: string): string => cut(text, EXCERPT).trim();

const piece = z.object({ done: z.boolean(), value: z.instanceof(Uint8Array).optional() });

/** The first bytes of the answer as text, and whether that is all of it. Nothing above the limit is kept. */
async function readText(response: Response, limit: number): Promise<{ text: string; whole: boolean }> {
  if (response.body === null) return { text: '', whole: true };
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value: chunk } = piece.parse(await reader.read());
    if (done) return { text: text + decoder.decode(), whole: true };
    text += decoder.decode(chunk?.subarray(0, limit - size), { stream: true });
    size += chunk?.byteLength ?? 0;
    if (size > limit) {
      await reader.cancel();
      return { text, whole: false };
    }
  }
}

/** A redirect is a wrong address: following it could send secrets elsewhere, and turns a POST into a GET. */
function redirected({ name, url, address }: Destination, response: Response): DeliveryError {
  const location = response.headers.get('location') ?? '';
  const base = new URL(url);
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  // The path that was asked for may be a secret, and a query always.
  const path = target === undefined || target.pathname === base.pathname ? '/…' : target.pathname;
  const where = target === undefined ? 'nowhere' : `${target.protocol}//${target.host}${path}`;
  return new DeliveryError(
    `${name} answered ${response.status}, a redirect to ${where}: set ${address} to the address itself`,
    { permanent: true },
  );
}

/** Address and header for a URL with user and password, which fetch does not take. */
function withoutCredentials(url: string): { address: URL; headers: Record<string, string> } {
  const address = new URL(url);
  if (address.username === '' && address.password === '') return { address, headers: {} };
  const login = basicAuthorization(parseCredentialUrl(url, { schemes: ['http', 'https'], atInPath: true }));
  address.username = '';
  address.password = '';
  return { address, headers: login === undefined ? {} : { Authorization: login } };
}

/** Sends JSON; resolves with status and text of a success, rejects with a DeliveryError. */
export async function requestJson(
  destination: Destination,
  { method, body, signal, headers }: JsonRequest,
): Promise<{ readonly status: number; readonly text: string; readonly type: string }> {
  const { name } = destination;
  let response: Response;
  let answer: { text: string; whole: boolean };
  try {
    const { address, headers: login } = withoutCredentials(destination.url);
    response = await fetch(address, {
      method,
      headers: {
        ...login,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal,
    });
    answer = await readText(response, method === 'GET' ? ASKED_BYTES : ANSWER_BYTES);
  } catch (error) {
    throw new DeliveryError(`${name} cannot be reached: ${connectionWords(error, destination)}`);
  }
  const { status } = response;
  if (status >= 300 && status < 400) throw redirected(destination, response);
  if (response.ok) {
    if (!answer.whole && method === 'GET')
      throw new DeliveryError(`${name} answered more than ${ASKED_BYTES / 1024 / 1024} MiB`);
    return { status, text: answer.text, type: response.headers.get('content-type') ?? '' };
  }
  throw new DeliveryError(`${name} answered ${`${status} ${excerpt(answer.text)}`.trim()}`, {
    permanent: status >= 400 && status < 500 && !PASSING.has(status),
    retryAfter: retryAfter(response.headers.get('retry-after'), timeThere(response)),
  });
}

/**
 * Posts JSON; resolves with the receiver's answer in words, rejects with a DeliveryError. With `refusesPages` a page
 * for people is no success: it comes from a proxy or asks somebody to sign in, and nobody was told.
 */
export async function postJson(
  destination: Destination,
  body: unknown,
  options: Pick<JsonRequest, 'signal' | 'headers'> & { readonly refusesPages?: boolean },
): Promise<string> {
  const { refusesPages = false, ...rest } = options;
  const { status, text, type } = await requestJson(destination, { ...rest, method: 'POST', body });
  if (refusesPages && (type.includes('html') || /^\s*<(?:!doctype|html)/i.test(text)))
    throw new DeliveryError(
      `${destination.name} answered ${status} with a web page, such as one to sign in on: check ${destination.address} and the proxies on the way`,
    );
  return `${status} ${excerpt(text)}`.trim();
}

/**
 * Gets JSON of the schema; rejects with a DeliveryError. `asked` says what the other side does when it answers, e.g.
 * `lists silences`.
 */
export async function getJson<T extends z.ZodType>(
  destination: Destination,
  schema: T,
  { asked, ...options }: Pick<JsonRequest, 'signal' | 'headers'> & { readonly asked: string },
): Promise<z.output<T>> {
  const { text } = await requestJson(destination, { ...options, method: 'GET' });
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new DeliveryError(`${destination.name} ${asked} in an unknown form: ${messageOf(error)}`);
  }
}
