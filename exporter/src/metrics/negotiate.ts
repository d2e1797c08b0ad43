import { TEXT, type Exposition } from './exposition.ts';
import { OPENMETRICS } from './openmetrics.ts';

export type ExpositionFormat = 'text' | 'openmetrics';

/** The formats by name; each knows its content type. */
export const EXPOSITIONS: Readonly<Record<ExpositionFormat, Exposition>> = {
  text: TEXT,
  openmetrics: OPENMETRICS,
};

interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
  /** Place in the header. */
  readonly place: number;
}

/** The weight that the header gives to a format, and where it is named (Infinity: only by a wildcard). */
interface Preference {
  readonly quality: number;
  readonly place: number;
}

const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

function parseRange(text: string, place: number): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const parameter = (name: string): string | undefined =>
    parameters
      .find((candidate) => candidate.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '');
  const weight = parameter('q') ?? '1';
  return { type, version: parameter('version'), quality: QUALITY.test(weight) ? Number(weight) : 0, place };
}

/** The most specific range that names the format decides (RFC 9110 §12.5.1). */
function preference(ranges: readonly MediaRange[], type: string, version: string): Preference {
  const named = ranges
    .filter((range) => range.type === type && (range.version ?? version) === version)
    .sort((a, b) => b.quality - a.quality)[0];
  if (named !== undefined) return named;
  const group = `${type.slice(0, type.indexOf('/'))}/*`;
  const wildcard =
    ranges.find((range) => range.type === group) ?? ranges.find((range) => range.type === '*/*');
  return { quality: wildcard?.quality ?? 0, place: Infinity };
}

/**
 * Chooses the format for an `Accept` header (RFC 9110 §12.5.1). OpenMetrics is only given to who weighs it
 * above text 0.0.4, or names it first at the same weight; everybody else, also who accepts neither, gets text.
 */
export function negotiate(accept: string | undefined): ExpositionFormat {
  const ranges = (accept ?? '*/*').split(',').map(parseRange);
  const text = preference(ranges, 'text/plain', '0.0.4');
  const openmetrics = preference(ranges, 'application/openmetrics-text', '1.0.0');
  if (openmetrics.quality !== text.quality)
    return openmetrics.quality > text.quality ? 'openmetrics' : 'text';
  return openmetrics.quality > 0 && openmetrics.place < text.place ? 'openmetrics' : 'text';
}
