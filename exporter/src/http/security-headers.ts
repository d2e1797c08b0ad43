import type { RequestHandler } from 'express';
import { STYLE_HASH } from './landing/style.ts';

/** Nothing may be loaded, run or framed; the landing page's own style sheet is let in by its hash. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src '${STYLE_HASH}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const DEFAULTS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Sets the security headers of every answer. `overrides` are the headers of the web configuration at this
 * moment; an empty one takes the header away, as the exporter-toolkit documents it.
 */
export function securityHeaders(overrides: () => Readonly<Record<string, string>>): RequestHandler {
  return (_request, response, next) => {
    for (const [name, value] of Object.entries({ ...DEFAULTS, ...overrides() })) {
      if (value !== '') response.setHeader(name, value);
    }
    next();
  };
}
