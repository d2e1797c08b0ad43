/** One entry of a 422 answer, as pydantic writes it. */
export interface ValidationDetail {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
  readonly url?: string;
}

/** An answer other than success: `detail` is a string, or an array for 422. */
export class HttpError extends Error {
  readonly status: number;
  readonly detail: string | readonly ValidationDetail[];

  constructor(status: number, detail: string | readonly ValidationDetail[]) {
    super(typeof detail === 'string' ? detail : 'Unprocessable Entity');
    this.status = status;
    this.detail = detail;
  }
}

/** A detail with pydantic's link to the kind of error. */
export function validationDetail(
  type: string,
  loc: readonly (string | number)[],
  msg: string,
  input: unknown,
  ctx?: Readonly<Record<string, unknown>>,
): ValidationDetail {
  const url = `https://errors.pydantic.dev/2.5/v/${type}`;
  return ctx === undefined ? { type, loc, msg, input, url } : { type, loc, msg, input, ctx, url };
}
