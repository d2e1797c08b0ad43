import type { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import { DeliveryError } from './receiver.ts';

/** Most of an answer that is shown to people. */
const EXCERPT = 200;
/** Client errors that may pass: a timeout, too early, too many requests. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** Milliseconds that `Retry-After` asks for, in seconds or as a date; undefined when it says nothing usable. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** The reason of a failed fetch: its own message says no more than that it failed. */
function reasonOf(error: unknown): string {
  const { cause } =
    typeof error === 'object' && error !== null && 'cause' in error ? error : { cause: undefined };
  return messageOf(cause ?? error);
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

const excerpt = (text: string): string => text.slice(0, EXCERPT).trim();

/**
 * Sends JSON; resolves with status and text of a success, rejects with a DeliveryError. `name` stands for the
 * address in errors, since an address may hold a secret.
 */
export async function requestJson(
  name: string,
  url: string,
  { method, body, signal, headers }: JsonRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal,
    });
    text = await response.text();
  } catch (error) {
    throw new DeliveryError(`${name} cannot be reached: ${reasonOf(error)}`);
  }
  if (response.ok) return { status: response.status, text };
  const said = `${response.status} ${excerpt(text)}`.trim();
  throw new DeliveryError(`${name} answered ${said}`, {
    permanent: response.status >= 400 && response.status < 500 && !PASSING.has(response.status),
    retryAfter: retryAfter(response.headers.get('retry-after'), Date.now()),
  });
}

/** Posts JSON; resolves with the receiver's answer in words, rejects with a DeliveryError. */
export async function postJson(
  name: string,
  url: string,
  body: unknown,
  options: Pick<JsonRequest, 'signal' | 'headers'>,
): Promise<string> {
  const { status, text } = await requestJson(name, url, { ...options, method: 'POST', body });
  return `${status} ${excerpt(text)}`.trim();
}

/**
 * Gets JSON of the schema; rejects with a DeliveryError. `asked` says what the other side does when it answers, e.g.
 * `lists silences`.
 */
export async function getJson<T extends z.ZodType>(
  name: string,
  url: string,
  schema: T,
  { asked, ...options }: Pick<JsonRequest, 'signal' | 'headers'> & { readonly asked: string },
): Promise<z.output<T>> {
  const { text } = await requestJson(name, url, { ...options, method: 'GET' });
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new DeliveryError(`${name} ${asked} in an unknown form: ${messageOf(error)}`);
  }
}
