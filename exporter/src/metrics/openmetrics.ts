import { labelBlockOf } from './escape.ts';
import { TEXT, type Exposition } from './exposition.ts';
import type { Sample } from './family.ts';
import { formatValue } from './sample-value.ts';

const TOTAL = '_total';

/** An exemplar with its time in milliseconds: who reads it needs no more, and shorter is cheaper. */
function renderExemplar({ exemplar }: Sample): string {
  if (exemplar === undefined) return '';
  const { labels, value, timestamp } = exemplar;
  return ` # ${labelBlockOf(labels)} ${formatValue(value)} ${timestamp.toFixed(3)}`;
}

/**
 * OpenMetrics 1.0: no blank lines, a counter's family goes without `_total` while its samples have it,
 * what has no known type is `unknown`, buckets may have exemplars, and the end is marked.
 */
export const OPENMETRICS: Exposition = {
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  separator: '',
  end: '# EOF\n',
  typeName: (type) => (type === 'untyped' ? 'unknown' : type),
  familyName: ({ name, type }) =>
    type === 'counter' && name.endsWith(TOTAL) ? name.slice(0, -TOTAL.length) : name,
  sampleName: (family, sample) =>
    family.type === 'counter' ? OPENMETRICS.familyName(family) + TOTAL : TEXT.sampleName(family, sample),
  afterValue: renderExemplar,
};
