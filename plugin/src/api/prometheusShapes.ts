import { asList, asNumber, asObject, asText, objectOrUndefined, ShapeError } from './json';

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

/** One observation that a histogram remembers beside its counts, with the labels that lead on from it. */
export interface Exemplar {
  /** Of the bucket that it fell into. */
  readonly series: Labels;
  /** `trace_id`, `span_id`. */
  readonly labels: Labels;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
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

/** Looked at and not copied: a large fleet has as many of these as it has devices. */
function isLabels(value: unknown): value is Labels {
  const labels = objectOrUndefined(value);
  if (labels === undefined) return false;
  for (const name in labels) if (typeof labels[name] !== 'string') return false;
  return true;
}

function readLabels(value: unknown, where: string): Labels {
  if (isLabels(value)) return value;
  throw new ShapeError(where, 'an object of texts');
}

function resultOf(body: unknown, type: string): unknown {
  const data = asObject(asObject(body, 'answer').data, 'answer.data');
  if (data.resultType !== type) throw new ShapeError('answer.data.resultType', type);
  return data.result;
}

/** A row of the usual kind, read without a word about where it stands; undefined for any other. */
function plainRow(entry: unknown): InstantRow | undefined {
  const row = objectOrUndefined(entry);
  if (row === undefined || !isLabels(row.metric) || !Array.isArray(row.value)) return undefined;
  const sample: unknown[] = row.value;
  const [time, text] = sample;
  if (sample.length !== 2 || typeof time !== 'number' || typeof text !== 'string') return undefined;
  return { labels: row.metric, value: INFINITE[text] ?? Number(text) };
}

function readRow(entry: unknown, where: string): InstantRow {
  const row = asObject(entry, where);
  return {
    labels: readLabels(row.metric, `${where}.metric`),
    value: readPair(row.value, `${where}.value`)[1],
  };
}

/** The rows of an instant query's answer. Throws `ShapeError`. */
export function readInstant(body: unknown): InstantRow[] {
  const result = resultOf(body, 'vector');
  if (!Array.isArray(result)) throw new ShapeError('result', 'a list');
  const entries: unknown[] = result;
  return entries.map((entry, index) => plainRow(entry) ?? readRow(entry, `result[${index}]`));
}

/** Samples of the usual kind, read without a word about where they stand; undefined for any other. */
function plainSamples(list: unknown): Pick<RangeSeries, 'times' | 'values'> | undefined {
  if (!Array.isArray(list)) return undefined;
  const entries: unknown[] = list;
  const times = new Array<number>(entries.length);
  const values = new Array<number>(entries.length);
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    if (!Array.isArray(entry) || entry.length !== 2) return undefined;
    const sample: unknown[] = entry;
    const [time, text] = sample;
    if (typeof time !== 'number' || typeof text !== 'string') return undefined;
    times[index] = time * 1000;
    values[index] = INFINITE[text] ?? Number(text);
  }
  return { times, values };
}

/** The series of a range query's answer. Throws `ShapeError`. */
export function readRange(body: unknown): RangeSeries[] {
  return asList(resultOf(body, 'matrix'), 'result', (entry, where) => {
    const series = asObject(entry, where);
    const labels = readLabels(series.metric, `${where}.metric`);
    const plain = plainSamples(series.values);
    if (plain !== undefined) return { labels, ...plain };
    const pairs = asList(series.values, `${where}.values`, readPair);
    return {
      labels,
      times: pairs.map(([time]) => time),
      values: pairs.map(([, value]) => value),
    };
  });
}

/** The exemplars of the answer, whatever series they belong to. Throws `ShapeError`. */
export function readExemplars(body: unknown): Exemplar[] {
  const lists = asList(asObject(body, 'answer').data ?? [], 'answer.data', (entry, where) => {
    const { seriesLabels, exemplars } = asObject(entry, where);
    const series = readLabels(seriesLabels, `${where}.seriesLabels`);
    return asList(exemplars, `${where}.exemplars`, (one, at) => {
      const exemplar = asObject(one, at);
      return {
        series,
        labels: readLabels(exemplar.labels, `${at}.labels`),
        value: readNumber(exemplar.value, `${at}.value`),
        at: asNumber(exemplar.timestamp, `${at}.timestamp`) * 1000,
      };
    });
  });
  return lists.flat();
}
