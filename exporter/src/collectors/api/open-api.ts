import { clientRequest } from '../../trace/client-request.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import { parseApiUrl } from './address.ts';
import { exchangeError, jsonOf } from './errors.ts';
import { createHttpGet } from './http-get.ts';

const PATH = '/api/v1/openapi.json';
/** The platform's own document has 80 kB. */
const LIMIT = 8 * 1024 * 1024;

export interface OpenApiOptions {
  readonly userAgent?: string;
  /** PEM file of the certificate authority; by default those that Node trusts. */
  readonly caFile?: string | undefined;
  readonly tracer?: Tracer | undefined;
}

/**
 * The platform's OpenAPI document, as it is: for route templates. `url` is the API collector's; the signal
 * ends a request that hangs.
 *
 * @throws ApiError with a sentence for operators
 */
export async function fetchOpenApi(
  url: string,
  signal: AbortSignal,
  { userAgent = 'valtronics-exporter', caFile, tracer = NO_TRACER }: OpenApiOptions = {},
): Promise<unknown> {
  const address = parseApiUrl(url);
  const http = createHttpGet({ address, userAgent, maxBodyBytes: LIMIT, caFile });
  try {
    const request = { method: 'GET', url: address.resolve(PATH), template: PATH };
    const response = await clientRequest(tracer, request, (headers) =>
      http.get(PATH, signal, headers).catch((error: unknown) => {
        throw exchangeError(PATH, address.target, error);
      }),
    );
    return jsonOf(PATH, response);
  } finally {
    http.close();
  }
}
