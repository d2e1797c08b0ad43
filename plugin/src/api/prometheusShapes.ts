import { asList, asNumber, asObject, asText, ShapeError } from './json';

export type Labels = Readonly<Record<string, string>>;

/** A sample of an instant query. */
export interface InstantRow {
  readonly labels: Labels;
  /** May be NaN or infinite. */
  readonly value: number;
}

/** A series of a range query; `times` are milliseconds since the epoch, ascending. */
export interface RangeSeries {
  readonly labels: Labels;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

const INFINITE: Readonly<Record<string, number>> = { '+Inf': Infinity, '-Inf': -Infinity };

/** Prometheus writes numbers as text. */
function readNumber(value: unknown, where: string): number {
  const text = asText(value, where);
  return INFINITE[text] ?? Number(text);
}

function readPair(value: unknown, where: string): readonly [time: number, value: number] {
  if (!Array.isArray(value) || value.length !== 2) throw new ShapeError(where, 'a sample');
  const pair: unknown[] = value;
  return [asNumber(pair[0], `${where}[0]`) * 1000, readNumber(pair[1], `${where}[1]`)];
}

function readLabels(value: unknown, where: string): Labels {
  const labels: Record<string, string> = {};
  for (const [name, label] of Object.entries(asObject(value, where))) labels[name] = asText(label, where);
  return labels;
}

function resultOf(body: unknown, type: string): unknown {
  const data = asObject(asObject(body, 'answer').data, 'answer.data');
  if (data.resultType !== type) throw new ShapeError('answer.data.resultType', type);
  return data.result;
}

/** The rows of an instant query's answer. Throws `ShapeError`. */
export function readInstant(body: unknown): InstantRow[] {
  return asList(resultOf(body, 'vector'), 'result', (entry, where) => {
    const row = asObject(entry, where);
    return {
      labels: readLabels(row.metric, `${where}.metric`),
      value: readPair(row.value, `${where}.value`)[1],
    };
  });
}

/** The series of a range query's answer. Throws `ShapeError`. */
export function readRange(body: unknown): RangeSeries[] {
  return asList(resultOf(body, 'matrix'), 'result', (entry, where) => {
    const series = asObject(entry, where);
    const pairs = asList(series.values, `${where}.values`, readPair);
    return {
      labels: readLabels(series.metric, `${where}.metric`),
      times: pairs.map(([time]) => time),
      values: pairs.map(([, value]) => value),
    };
  });
}
