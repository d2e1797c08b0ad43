import { parseApiUrl } from './address.ts';
import { exchangeError, jsonOf } from './errors.ts';
import { createHttpGet } from './http-get.ts';

const PATH = '/api/v1/openapi.json';
/** The platform's own document has 80 kB. */
const LIMIT = 8 * 1024 * 1024;

/**
 * The platform's OpenAPI document, as it is: for route templates.
 *
 * @throws ApiError with a sentence for operators
 */
export async function fetchOpenApi(
  url: string,
  signal: AbortSignal,
  options: { readonly ca?: string | Buffer } = {},
): Promise<unknown> {
  const address = parseApiUrl(url);
  const http = createHttpGet({ address, userAgent: 'valtronics-exporter', maxBodyBytes: LIMIT, ...options });
  try {
    const response = await http.get(PATH, signal).catch((error: unknown) => {
      throw exchangeError(PATH, address.target, error);
    });
    return jsonOf(PATH, response);
  } finally {
    http.close();
  }
}
