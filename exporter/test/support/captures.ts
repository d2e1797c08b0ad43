import { readFileSync } from 'node:fs';
import { z } from 'zod';

const capture = z.object({
  request: z.string(),
  status: z.number(),
  content_type: z.string(),
  body: z.unknown(),
});

/** An answer of the running platform. */
export interface RestCapture {
  readonly status: number;
  readonly contentType: string;
  /** Parsed JSON, or the text of an answer that was none. */
  readonly body: unknown;
}

/** Reads `captures/rest/<name>.json`. */
export function restCapture(name: string): RestCapture {
  const url = new URL(`../captures/rest/${name}.json`, import.meta.url);
  const { status, content_type: contentType, body } = capture.parse(JSON.parse(readFileSync(url, 'utf8')));
  return { status, contentType, body };
}
