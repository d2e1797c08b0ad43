const CODES = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  429: 'too_many_requests',
  500: 'internal',
  503: 'unavailable',
} as const;

/** Statuses that an error answer can have (contract §2); 500 is the reload that failed, or a fault of ours. */
export type ErrorStatus = keyof typeof CODES;

/** The body of every error answer: contract §2. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly details?: unknown };
}

export interface HttpErrorOptions {
  /** Machine-readable word; by default the status' own. */
  readonly code?: string;
  /** What exactly is wrong, for programs. Never internals. */
  readonly details?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that is answered to the client as it is: the message must not tell more than the client may know. */
export class HttpError extends Error {
  readonly status: ErrorStatus;
  readonly code: string;
  readonly details: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: ErrorStatus, message: string, options: HttpErrorOptions = {}) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = options.code ?? CODES[status];
    this.details = options.details;
    this.headers = options.headers ?? {};
  }

  /** The answer's body. */
  body(): ErrorBody {
    const { code, message, details } = this;
    return { error: details === undefined ? { code, message } : { code, message, details } };
  }
}
