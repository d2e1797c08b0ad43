import { z } from 'zod';

/** Ids below the watermark, both ends included, that nobody has seen yet: rolled back, or committed later. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** When the gap was first seen, milliseconds since the epoch. */
  readonly since: number;
}

/**
 * How far the rows of a table with a serial id have been read. Ids are given out at the insert and seen at
 * the commit, so a lower id can appear after a higher one: the gaps keep what may still come. Gaps are
 * ascending and do not overlap.
 */
export interface Watermark {
  /** The newest id seen; 0 for an empty table. */
  readonly id: number;
  readonly gaps: readonly Gap[];
}

export const watermarkSchema = z.object({
  id: z.number().int().nonnegative(),
  gaps: z.array(
    z
      .object({ from: z.number().int(), to: z.number().int(), since: z.number() })
      .refine((g) => g.from <= g.to),
  ),
});

function gapsBetween(after: number, ids: readonly number[], now: number): Gap[] {
  const gaps: Gap[] = [];
  let previous = after;
  for (const id of ids) {
    if (id > previous + 1) gaps.push({ from: previous + 1, to: id - 1, since: now });
    previous = id;
  }
  return gaps;
}

/** A first watermark at the newest of the ids (ascending), with the gaps among them; 0 without ids. */
export function watermarkAt(ids: readonly number[], now: number): Watermark {
  const [oldest, ...rest] = ids;
  if (oldest === undefined) return { id: 0, gaps: [] };
  return { id: rest.at(-1) ?? oldest, gaps: gapsBetween(oldest, rest, now) };
}

/** Moves over new ids, which are ascending and above the watermark. */
export function advance(watermark: Watermark, ids: readonly number[], now: number): Watermark {
  const newest = ids.at(-1);
  if (newest === undefined) return watermark;
  return { id: newest, gaps: [...watermark.gaps, ...gapsBetween(watermark.id, ids, now)] };
}

/** Takes ids (ascending) that have appeared out of the gaps; what is in no gap is ignored. */
export function fill(watermark: Watermark, ids: readonly number[]): Watermark {
  if (ids.length === 0) return watermark;
  let next = 0;
  const gaps = watermark.gaps.flatMap((gap) => {
    const rest: Gap[] = [];
    let { from } = gap;
    for (let id = ids[next]; id !== undefined && id <= gap.to; id = ids[++next]) {
      if (id > from) rest.push({ from, to: id - 1, since: gap.since });
      if (id >= from) from = id + 1;
    }
    if (from <= gap.to) rest.push({ from, to: gap.to, since: gap.since });
    return rest;
  });
  return { id: watermark.id, gaps };
}

/** Forgets gaps older than `lifetime` milliseconds and, above `limit` gaps, the oldest ones. */
export function forgetGaps(watermark: Watermark, now: number, lifetime: number, limit: number): Watermark {
  const young = watermark.gaps.filter((gap) => now - gap.since < lifetime);
  return { id: watermark.id, gaps: young.length > limit ? young.slice(-limit) : young };
}

/** Sorts any ids into those never seen before (ascending) and moves the watermark over them. */
export function absorb(
  watermark: Watermark,
  ids: Iterable<number>,
  now: number,
): { readonly watermark: Watermark; readonly fresh: readonly number[] } {
  const ascending = [...new Set(ids)].sort((a, b) => a - b);
  const inGap = (id: number): boolean => watermark.gaps.some((gap) => id >= gap.from && id <= gap.to);
  const late = ascending.filter((id) => id <= watermark.id && inGap(id));
  const above = ascending.filter((id) => id > watermark.id);
  return { watermark: advance(fill(watermark, late), above, now), fresh: [...late, ...above] };
}
