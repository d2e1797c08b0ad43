import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { libraryText, playInto, recordedFamilies } from '../../test/support/recorded-families.ts';
import { renderExposition, renderFamily, renderHead, TEXT } from './exposition.ts';
import type { FamilySnapshot } from './family.ts';
import { EXPOSITIONS } from './negotiate.ts';
import { OPENMETRICS } from './openmetrics.ts';
import { createMetrics } from './registry.ts';

const COUNTER: FamilySnapshot = {
  name: 'points_total',
  type: 'counter',
  help: 'Points',
  samples: [{ labels: { kind: 'a' }, value: 2 }],
};

describe.each(['text', 'openmetrics'] as const)('rendering as %s', (format) => {
  it('gives byte for byte what prom-client gives for the same families', async () => {
    await fc.assert(
      fc.asyncProperty(recordedFamilies, async (record) => {
        const metrics = createMetrics({ defaultMetrics: false });
        playInto(metrics, record);
        const text = renderExposition(EXPOSITIONS[format], await metrics.snapshot());
        expect(text).toBe(await libraryText(record, format));
      }),
      { numRuns: 300 },
    );
  });
});

describe('TEXT', () => {
  it('separates families by an empty line', () => {
    const gauge: FamilySnapshot = {
      name: 'up',
      type: 'gauge',
      help: 'Up',
      samples: [{ labels: {}, value: 1 }],
    };
    expect(renderExposition(TEXT, [COUNTER, gauge])).toBe(
      '# HELP points_total Points\n# TYPE points_total counter\npoints_total{kind="a"} 2\n' +
        '\n# HELP up Up\n# TYPE up gauge\nup 1\n',
    );
  });

  it('escapes backslashes and line feeds of a help text, and leaves quotes', () => {
    expect(renderHead(TEXT, { name: 'up', type: 'untyped', help: 'a\\b\n"c"' })).toBe(
      '# HELP up a\\\\b\\n"c"\n# TYPE up untyped\n',
    );
  });

  it('is empty without families', () => {
    expect(renderExposition(TEXT, [])).toBe('');
  });
});

describe('OPENMETRICS', () => {
  it('takes _total from the family of a counter and gives it to every sample', () => {
    const text = '# HELP points Points\n# TYPE points counter\npoints_total{kind="a"} 2\n';
    expect(renderFamily(OPENMETRICS, COUNTER)).toBe(text);
    expect(renderFamily(OPENMETRICS, { ...COUNTER, name: 'points' })).toBe(text);
  });

  it('calls an untyped family unknown and keeps its name', () => {
    expect(renderFamily(OPENMETRICS, { ...COUNTER, type: 'untyped' })).toContain(
      '# TYPE points_total unknown\npoints_total{',
    );
  });

  it('has no empty line and ends with # EOF, also without families', () => {
    expect(renderExposition(OPENMETRICS, [COUNTER, COUNTER])).not.toContain('\n\n');
    expect(renderExposition(OPENMETRICS, [COUNTER])).toMatch(/\n# EOF\n$/);
    expect(renderExposition(OPENMETRICS, [])).toBe('# EOF\n');
  });
});
