import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import { parseTolerantJson } from '../../base/json.ts';
import { describeNetworkError } from '../network-error.ts';
import type { HttpResponse } from './http-get.ts';

/** A request that gave no usable data; the message is a sentence for operators. */
export class ApiError extends Error {
  /** HTTP status, when there was an answer and it was an error. */
  readonly status: number | undefined;

  constructor(message: string, cause?: unknown, status?: number) {
    super(message, { cause });
    this.name = 'ApiError';
    this.status = status;
  }
}

const EXCERPT = 120;
const TLS_OPTIONS = { authority: 'api.ca_file (VALTRONICS_API_CA_FILE)' };

/** FastAPI's error body: a sentence, or a list of what is wrong with which parameter. */
const errorBody = z.object({
  detail: z.union([
    z.string(),
    z
      .array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() }))
      .transform((issues) => issues.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ')),
  ]),
});

function detailOf(body: string): string | undefined {
  try {
    return errorBody.safeParse(parseTolerantJson(body, 'null')).data?.detail;
  } catch {
    return undefined;
  }
}

/** The body in a few words, on one line: the `detail` of the platform's errors, else its beginning. */
export function excerptOf(body: string): string {
  const text = (detailOf(body) ?? body).replace(/\s+/g, ' ').trim();
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

function answered(path: string, response: HttpResponse): string {
  const { status, statusText, contentType, body } = response;
  const reason = statusText === '' ? '' : ` ${excerptOf(statusText)}`;
  const excerpt = body === '' ? 'an empty body' : `"${excerptOf(body)}"`;
  return `GET ${path} answered ${status}${reason} (${contentType === '' ? 'no content type' : contentType}): ${excerpt}`;
}

/** The JSON of a successful answer. */
export function jsonOf(path: string, response: HttpResponse): unknown {
  if (response.status < 200 || response.status > 299)
    throw new ApiError(answered(path, response), undefined, response.status);
  try {
    return parseTolerantJson(response.body, 'null');
  } catch (error) {
    const hint = 'which is not JSON: is there a proxy or a web page at this address?';
    throw new ApiError(`${answered(path, response)}, ${hint}`, error);
  }
}

/** The sentence for an exchange that failed before there was an answer. `timedOut` names the time in milliseconds. */
export function exchangeError(path: string, target: string, error: unknown, timedOut?: number): ApiError {
  if (timedOut !== undefined)
    return new ApiError(`GET ${path}: ${target} did not answer within ${Math.round(timedOut)} ms`, error);
  const network = describeNetworkError(error, target, TLS_OPTIONS);
  return new ApiError(`GET ${path}: ${network ?? `${target} gave no answer: ${messageOf(error)}`}`, error);
}

/** The sentence for JSON of another shape than the platform's. */
export function shapeError(path: string, error: z.ZodError): ApiError {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'the document' : issue.path.join('.');
  return new ApiError(
    `GET ${path} answered JSON of an unknown shape (${where}: ${issue?.message ?? 'invalid'}): is it Valtronics?`,
    error,
  );
}
