import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { lastValueFrom, takeUntil, Observable, throwIfEmpty } from 'rxjs';

/** A request through Grafana. */
export interface GrafanaRequest {
  /** Path within Grafana, e.g. `/api/plugins/x/settings`. */
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Form fields of a POST. */
  readonly form?: Readonly<Record<string, string>>;
  /** JSON body of a POST. */
  readonly json?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** True for an answer that is text and not JSON. */
  readonly text?: boolean;
}

/** An answer that is no success, as Grafana or the server behind it gave it. */
export interface FailedAnswer {
  /** HTTP status; 0 when nothing answered at all. */
  readonly status: number;
  readonly data: unknown;
  readonly text: string;
}

/** Thrown by `askGrafana` for any answer that is no success. */
export class AnswerError extends Error {
  readonly answer: FailedAnswer;

  constructor(answer: FailedAnswer) {
    super(`${answer.status} ${answer.text}`);
    this.name = 'AnswerError';
    this.answer = answer;
  }
}

/** Thrown when the caller gave up the request. */
export class AbortedError extends Error {
  constructor() {
    super('aborted');
    this.name = 'AbortedError';
  }
}

function untilAborted(signal: AbortSignal | undefined): Observable<void> {
  return new Observable((subscriber) => {
    const abort = (): void => subscriber.next();
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort);
    return () => signal?.removeEventListener('abort', abort);
  });
}

/**
 * The body of the answer. Grafana shows no pop-up: pages say themselves what failed. Throws `AnswerError` or
 * `AbortedError`.
 */
export async function askGrafana({
  url,
  method = 'GET',
  form,
  json,
  signal,
  text = false,
}: GrafanaRequest): Promise<unknown> {
  const headers = form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = getBackendSrv().fetch<unknown>({
    url,
    method,
    headers,
    ...(form === undefined && json === undefined ? {} : { data: form ?? json }),
    ...(text ? { responseType: 'text' } : {}),
    showErrorAlert: false,
    showSuccessAlert: false,
    hideFromInspector: true,
  });
  try {
    const whole = answer.pipe(
      takeUntil(untilAborted(signal)),
      throwIfEmpty(() => new AbortedError()),
    );
    return (await lastValueFrom(whole)).data;
  } catch (error) {
    if (!isFetchError<unknown>(error)) throw error;
    throw new AnswerError({ status: error.status, data: error.data, text: error.statusText ?? '' });
  }
}
