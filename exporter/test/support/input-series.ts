import { type Labels, labelsFrom, type Series } from '@valtronics/promql';

/** A sample, or the end of its series. Times are milliseconds. */
export interface InputSample {
  readonly time: number;
  readonly value: number;
  readonly ends: boolean;
}

export interface InputSeries {
  readonly metric: string;
  readonly labels: Labels;
  readonly samples: readonly InputSample[];
}

/** `up{job="x"}` as name and labels. */
export function parseSeriesName(text: string): { readonly metric: string; readonly labels: Labels } {
  const match = /^\s*([a-zA-Z_:][\w:]*)?\s*(?:\{(.*)\})?\s*$/s.exec(text);
  if (match === null) throw new Error(`${text} names no series`);
  const pairs = [...(match[2] ?? '').matchAll(/(\w+)\s*=\s*"((?:[^"\\]|\\.)*)"/g)];
  return {
    metric: match[1] ?? '',
    labels: labelsFrom(pairs.map(([, name = '', value = '']) => [name, value.replace(/\\(.)/g, '$1')])),
  };
}

const NUMBER = '[-+]?(?:\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?|Inf|NaN)';
const RUN = new RegExp(`^(${NUMBER})(?:([-+])(\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?))?x(\\d+)$`);

/** promtool's notation of values: `1x3` is four samples, `0+2x3` rises, `_` is none, `stale` ends the series. */
export function parseValues(text: string): readonly (number | 'none' | 'stale')[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((word): readonly (number | 'none' | 'stale')[] => {
      if (word === 'stale') return ['stale'];
      if (word === '_') return ['none'];
      const gap = /^_x(\d+)$/.exec(word);
      if (gap !== null) return new Array<'none'>(Number(gap[1])).fill('none');
      const run = RUN.exec(word);
      if (run === null) {
        const value =
          word === 'Inf' || word === '+Inf' ? Infinity : word === '-Inf' ? -Infinity : Number(word);
        if (Number.isNaN(value) && word !== 'NaN') throw new Error(`${word} is no value of a series`);
        return [value];
      }
      const [, start = '', sign = '+', step = '0', times = '0'] = run;
      const by = Number(step) * (sign === '-' ? -1 : 1);
      // Adding again and again, as promtool does, keeps even its rounding.
      let value = Number(start);
      return Array.from({ length: Number(times) + 1 }, (_, index) => {
        if (index > 0) value += by;
        return value;
      });
    });
}

/** A series of a promtool test: its first sample is at 0. */
export function parseInputSeries(series: string, values: string, interval: number): InputSeries {
  return {
    ...parseSeriesName(series),
    samples: parseValues(values).flatMap((value, index) => {
      if (value === 'none') return [];
      const ends = value === 'stale';
      return [{ time: index * interval, value: ends ? NaN : value, ends }];
    }),
  };
}

/** The series as selectors see it. */
export function seriesOf({ labels, samples }: InputSeries): Series {
  return {
    labels,
    indexAt: (time) => {
      let low = 0;
      let high = samples.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((samples[middle]?.time ?? Infinity) <= time) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },
    time: (index) => samples[index]?.time ?? NaN,
    value: (index) => samples[index]?.value ?? NaN,
    ended: (index) => samples[index]?.ends ?? false,
  };
}
