import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEVICE_TELEMETRY } from '../../metrics/catalogue/devices.ts';
import { createSeriesStore } from '../../metrics/series-store.ts';
import { parseSampleLine } from './sample-line.ts';
import { seriesElements } from './summary-route.ts';

describe('parseSampleLine', () => {
  it.each([
    ['up 1', { labels: {}, value: 1 }],
    ['up{} 1', { labels: {}, value: 1 }],
    ['up{a="b"} -1.5e+21', { labels: { a: 'b' }, value: -1.5e21 }],
    ['up{a="b",c=""} NaN', { labels: { a: 'b', c: '' }, value: 'NaN' }],
    ['up{a="} 7"} +Inf', { labels: { a: '} 7' }, value: '+Inf' }],
    ['up{a="x{ y"} -Inf', { labels: { a: 'x{ y' }, value: '-Inf' }],
    [String.raw`up{a="q\"\\\n,b=\"c"} 0`, { labels: { a: 'q"\\\n,b="c' }, value: 0 }],
  ])('%s', (line, sample) => expect(parseSampleLine(line)).toEqual(sample));

  it('reads back what the series store writes, whatever the labels', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((t) => t.isWellFormed());
    const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => (v === 0 ? 0 : v));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text, value), { maxLength: 20 }), (rows) => {
        const store = createSeriesStore(DEVICE_TELEMETRY);
        const expected = rows.map(([device_id, metric_name, unit, v]) => {
          const labels = { device_id, metric_name, unit };
          store.set(store.add(labels), v);
          return { labels, value: v };
        });
        const read: unknown = JSON.parse(`[${[...seriesElements(store)].join('')}]`);
        expect(read).toEqual(expected);
      }),
    );
  });
});
