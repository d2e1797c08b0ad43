import { messageOf } from '../../config/errors.ts';
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

/**
 * Posts JSON; resolves with the receiver's answer in words. `name` stands for the address in errors, since an
 * address may hold a secret.
 */
export async function postJson(
  name: string,
  url: string,
  body: unknown,
  options: { readonly signal: AbortSignal; readonly headers?: Readonly<Record<string, string>> },
): Promise<string> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...options.headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: options.signal,
    });
    text = (await response.text()).slice(0, EXCERPT).trim();
  } catch (error) {
    throw new DeliveryError(`${name} cannot be reached: ${reasonOf(error)}`);
  }
  const said = `${response.status}${text === '' ? '' : ` ${text}`}`;
  if (response.ok) return said;
  throw new DeliveryError(`${name} answered ${said}`, {
    permanent: response.status >= 400 && response.status < 500 && !PASSING.has(response.status),
    retryAfter: retryAfter(response.headers.get('retry-after'), Date.now()),
  });
}
