import type { Samples } from './samples.ts';

/** What of the exporter's or Prometheus' metrics names a fault. */
export interface Sign {
  /** For people. */
  readonly words: string;
  /** True when the metrics say so now; `before` is how they were when the fault began. */
  shows(now: Samples, before: Samples): boolean;
}

const described = (family: string, labels: string): string =>
  labels === '' ? family : `${family}{${labels}}`;

/** Any series of the family whose labels have that text in them is 0. */
export function isZero(family: string, labels = ''): Sign {
  return {
    words: `${described(family, labels)} is 0`,
    shows: (now) => now.of(family, labels).some((value) => value === 0),
  };
}

/** The sum of these series is more than when the fault began. */
export function rises(family: string, labels = ''): Sign {
  return {
    words: `${described(family, labels)} rises`,
    shows: (now, before) => now.sum(family, labels) > before.sum(family, labels),
  };
}
