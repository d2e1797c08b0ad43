import { z } from 'zod';

/** Any value of PostgreSQL's float8, NaN and the infinities included, which zod's own number refuses. */
export const float8 = z.custom<number>((value) => typeof value === 'number', 'expected a float8');

/** A time in milliseconds since the epoch; NULL and PostgreSQL's `infinity` are no time. */
export const timeInMs = float8
  .nullable()
  .transform((value) => (value !== null && Number.isFinite(value) ? value : null));

/** A text; NULL is an empty one. */
export const text = z
  .string()
  .nullable()
  .transform((value) => value ?? '');
