import { z } from 'zod';
import type { Actor } from '../alert.ts';

/** A text column that holds JSON of the schema. */
export function json<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

export const actorSchema: z.ZodType<Actor> = z.object({
  kind: z.enum(['grafana', 'token', 'basic', 'loopback', 'system']),
  name: z.string(),
});
