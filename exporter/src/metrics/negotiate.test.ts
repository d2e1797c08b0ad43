import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EXPOSITIONS, negotiate } from './negotiate.ts';

const OPENMETRICS = 'application/openmetrics-text';

describe('negotiate', () => {
  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['anything', '*/*'],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
    ['text', 'text/plain'],
    ['text above OpenMetrics', `${OPENMETRICS};version=1.0.0;q=0.5,text/plain;version=0.0.4`],
    ['text first at the same weight', `text/plain, ${OPENMETRICS}`],
    ['OpenMetrics refused', `${OPENMETRICS};q=0`],
    ['an unknown version of OpenMetrics', `${OPENMETRICS};version=2.0.0,text/plain;q=0.1`],
    ['only the draft of OpenMetrics', `${OPENMETRICS};version=0.0.1,text/plain;version=0.0.4;q=0.5`],
    ['a weight that is no weight', `${OPENMETRICS};q=high,text/plain;q=0.1`],
    ['a weight above 1', `${OPENMETRICS};q=7,text/plain;q=0.1`],
    ['something else altogether', 'image/png'],
  ])('gives text to who asks for %s', (_, accept) => {
    expect(negotiate(accept)).toBe('text');
  });

  it.each([
    [
      'Prometheus 2.42',
      `${OPENMETRICS};version=1.0.0,${OPENMETRICS};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
    ],
    [
      'Prometheus 3',
      `${OPENMETRICS};version=1.0.0;escaping=allow-utf-8;q=0.6,${OPENMETRICS};version=0.0.1;q=0.5,` +
        'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    ],
    ['it alone', OPENMETRICS],
    ['it first at the same weight', `${OPENMETRICS}, text/plain`],
    ['it, and anything else', `${OPENMETRICS},*/*`],
    ['it in capitals, with spaces and quotes', 'Application/OpenMetrics-Text ; Version="1.0.0" ; Q=0.9'],
    ['its group only', 'application/*'],
  ])('gives OpenMetrics to %s', (_, accept) => {
    expect(negotiate(accept)).toBe('openmetrics');
  });

  it('answers any header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z/*;=,.q\d ]*$/)), (accept) => {
        expect(Object.keys(EXPOSITIONS)).toContain(negotiate(accept));
      }),
    );
  });
});
