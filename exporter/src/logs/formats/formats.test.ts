import { describe, expect, it } from '@jest/globals';
import { createFormatFinder, formatNamed } from './format-finder.ts';
import { FORMATS } from './formats.ts';

const SAMPLES = FORMATS.flatMap((format) => format.samples.map((sample) => ({ format, sample })));
const firstLine = (text: string): string => text.slice(0, `${text}\n`.indexOf('\n'));

describe('the formats', () => {
  it('have names of their own, a title and samples', () => {
    expect(new Set(FORMATS.map(({ name }) => name)).size).toBe(FORMATS.length);
    for (const { name, title, samples } of FORMATS) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(title).not.toBe('');
      expect(samples.length).toBeGreaterThan(0);
    }
  });

  it.each(SAMPLES)('$format.name reads $sample.text', ({ format, sample }) => {
    expect(format.parse(firstLine(sample.text))).toEqual(sample.expected);
    expect(format.begins?.includes(sample.text.charAt(0)) ?? true).toBe(true);
  });

  it.each(SAMPLES)(
    '$format.name is found for $sample.text, whatever was read before',
    ({ format, sample }) => {
      const line = firstLine(sample.text);
      expect(createFormatFinder().parse(line)?.format.name).toBe(format.name);
      for (const before of SAMPLES) {
        const finder = createFormatFinder();
        finder.parse(firstLine(before.sample.text));
        expect(finder.parse(line)?.format.name).toBe(format.name);
      }
    },
  );
});

describe('the format of a source', () => {
  it('is the only one that is used, besides tracebacks', () => {
    const finder = createFormatFinder({ format: 'redis' });
    expect(finder.parse('INFO:app.main:Starting')).toBeUndefined();
    expect(finder.parse('5182:M 22 Nov 2026 23:33:58.553 * Ready')?.format.name).toBe('redis');
    expect(finder.parse('Traceback (most recent call last):')?.format.name).toBe('traceback');
  });

  it('must be known', () => {
    expect(() => createFormatFinder({ format: 'nginx' })).toThrow(
      'there is no log format "nginx"; there are uvicorn, python, traceback, valtronics,',
    );
    expect(formatNamed('ecs').title).toMatch(/^JSON of the Elastic Common Schema/);
  });
});

describe('the finder', () => {
  it('reads a file whose formats come in turn, and goes on behind a line that none reads', () => {
    const finder = createFormatFinder();
    const names = [
      'INFO:     Application startup complete.',
      'INFO:app.main:MQTT client started',
      '2026-11-22 23:23:56,690 INFO sqlalchemy.engine.Engine BEGIN (implicit)',
      'Press any key',
      '',
      'INFO:     connection closed',
    ].map((line) => finder.parse(line)?.format.name);
    expect(names).toEqual(['uvicorn', 'python', 'sqlalchemy', undefined, undefined, 'uvicorn']);
  });
});
