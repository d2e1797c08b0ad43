import type { z } from 'zod';

/** A list of which every row was judged alone. */
export interface Rows<T> {
  /** Without duplicates: the later of two rows with one id wins. */
  readonly rows: readonly T[];
  /** Rows that the server sent. */
  readonly received: number;
  readonly unusable: number;
}

/** Parses the rows one by one; a bad one is counted and left out. */
export function usableRows<T extends { readonly id: number }>(
  list: readonly unknown[],
  row: z.ZodType<T>,
): Rows<T> {
  const byId = new Map<number, T>();
  let unusable = 0;
  for (const item of list) {
    const parsed = row.safeParse(item);
    if (parsed.success) byId.set(parsed.data.id, parsed.data);
    else unusable += 1;
  }
  return { rows: [...byId.values()], received: list.length, unusable };
}
