import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf } from './fingerprint.ts';

/** The same in BigInt, as the definition says it. */
function reference(labels: Readonly<Record<string, string>>): string {
  let sum = 14_695_981_039_346_656_037n;
  const add = (bytes: Iterable<number>): void => {
    for (const byte of bytes) sum = ((sum ^ BigInt(byte)) * 1_099_511_628_211n) & 0xffff_ffff_ffff_ffffn;
  };
  const names = Object.keys(labels).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    add(Buffer.from(name));
    add([255]);
    add(Buffer.from(labels[name] ?? ''));
    add([255]);
  }
  return sum.toString(16).padStart(16, '0');
}

describe('fingerprintOf', () => {
  it('is what prometheus/common computes', () => {
    // From its own tests: the empty set, and 5799056148416392346.
    expect(fingerprintOf({})).toBe('cbf29ce484222325');
    expect(fingerprintOf({ name: 'garland, briggs', fear: 'love is not enough' })).toBe(
      5_799_056_148_416_392_346n.toString(16),
    );
  });

  it('does not depend on the order of the labels', () => {
    expect(fingerprintOf({ a: '1', b: '2' })).toBe(fingerprintOf({ b: '2', a: '1' }));
    expect(fingerprintOf({ a: '12', b: '' })).not.toBe(fingerprintOf({ a: '1', b: '2' }));
    expect(fingerprintOf({ ab: 'c' })).not.toBe(fingerprintOf({ a: 'bc' }));
  });

  it('leaves external and empty labels out', () => {
    const external = new Set(['cluster', 'replica']);
    const plain = fingerprintOf({ alertname: 'A', severity: 'warning' });
    expect(
      fingerprintOf({ cluster: 'c', alertname: 'A', replica: 'b', severity: 'warning', job: '' }, external),
    ).toBe(plain);
    expect(fingerprintOf({ cluster: 'c', alertname: 'A', severity: 'warning' })).not.toBe(plain);
  });

  it('is FNV-1a for any label set', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(text, text), (labels) => {
        expect(fingerprintOf(labels)).toBe(reference(labels));
      }),
    );
  });
});
