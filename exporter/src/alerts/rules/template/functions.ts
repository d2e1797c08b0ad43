import { expandGroups, parsePromDuration, type Work } from '@valtronics/promql';
import { RE2JS } from 're2js';
import { escapeMarkup } from '../../../base/markup.ts';
import { print, printf, show } from './go-print.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage } from './humanize.ts';
import {
  compareValues,
  equalValues,
  ExecutionError,
  Fields,
  isList,
  isMap,
  isTrue,
  type TemplateValue,
  typeName,
} from './value.ts';

/** A sample that a query of a template found. */
export interface QuerySample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** What functions need from outside. */
export interface FunctionContext {
  /** Evaluates PromQL at the moment of the rule. Throws an ExecutionError. */
  query(expression: string): Work<readonly QuerySample[]>;
  /** Where people reach the rules' owner; empty where that is not known. */
  readonly externalUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type Plain = (args: readonly TemplateValue[], context: FunctionContext) => TemplateValue;

function arg(args: readonly TemplateValue[], index: number): TemplateValue {
  const value = args[index];
  if (value === undefined) throw new ExecutionError(`wrong number of arguments: ${args.length}`);
  return value;
}

function textAt(args: readonly TemplateValue[], index: number): string {
  const value = arg(args, index);
  if (typeof value !== 'string') throw new ExecutionError(`a text is expected, not a ${typeName(value)}`);
  return value;
}

/** As Prometheus reads a number for `humanize` and the like: floats, ints and texts. */
function numberAt(args: readonly TemplateValue[], index: number): number {
  const value = arg(args, index);
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') {
    const number = /^[+-]?inf(inity)?$/i.test(value)
      ? (value.startsWith('-') ? -1 : 1) * Infinity
      : value.trim() === '' && !/^nan$/i.test(value)
        ? undefined
        : Number(value);
    if (number !== undefined && (!Number.isNaN(number) || /^nan$/i.test(value))) return number;
    throw new ExecutionError(`${JSON.stringify(value)} is no number`);
  }
  throw new ExecutionError(`a number is expected, not a ${typeName(value)}`);
}

function sampleAt(args: readonly TemplateValue[], index: number): Fields {
  const value = arg(args, index);
  if (value instanceof Fields) return value;
  throw new ExecutionError(`a sample of a query is expected, not a ${typeName(value)}`);
}

function listAt(args: readonly TemplateValue[], index: number): readonly TemplateValue[] {
  const value = arg(args, index);
  if (isList(value)) return value;
  throw new ExecutionError(`the result of a query is expected, not a ${typeName(value)}`);
}

function labelOf(sample: TemplateValue, name: string): string {
  const labels = sample instanceof Fields ? sample.values.get('Labels') : undefined;
  const text = labels !== undefined && isMap(labels) ? labels.get(name) : undefined;
  return typeof text === 'string' ? text : '';
}

function regex(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new ExecutionError(`${JSON.stringify(pattern)} is no regular expression: ${String(error)}`);
  }
}

/** Go's `ReplaceAllString`: `$1`, `${1}` and `$name` stand for groups. */
function replaceAll(pattern: RE2JS, replacement: string, text: string): string {
  const matcher = pattern.matcher(text);
  const names = new Map(Object.entries(pattern.namedGroups()));
  let result = '';
  let end = 0;
  while (matcher.find()) {
    result +=
      text.slice(end, matcher.start()) +
      expandGroups(replacement, (group) => {
        const index = typeof group === 'number' ? group : names.get(group);
        return index === undefined || index > pattern.groupCount() ? '' : (matcher.group(index) ?? '');
      });
    end = matcher.end();
  }
  return result + text.slice(end);
}

function lengthOf(value: TemplateValue): bigint {
  if (typeof value === 'string') return BigInt(Buffer.byteLength(value));
  if (isList(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(value.size);
  throw new ExecutionError(`a ${typeName(value)} has no length`);
}

function indexInto(value: TemplateValue, key: TemplateValue): TemplateValue {
  if (isMap(value)) {
    if (typeof key !== 'string')
      throw new ExecutionError(`the key of a map is a text, not a ${typeName(key)}`);
    return value.get(key) ?? '';
  }
  if (isList(value) && typeof key === 'bigint') {
    const item = value[Number(key)];
    if (item === undefined) throw new ExecutionError(`index out of range: ${key}`);
    return item;
  }
  throw new ExecutionError(`a ${typeName(value)} cannot be indexed by a ${typeName(key)}`);
}

function slice(args: readonly TemplateValue[]): TemplateValue {
  const value = arg(args, 0);
  const [from = 0n, to] = args.slice(1);
  if (typeof from !== 'bigint' || (to !== undefined && typeof to !== 'bigint'))
    throw new ExecutionError('slice takes whole numbers');
  const [begin, end] = [Number(from), to === undefined ? undefined : Number(to)];
  if (typeof value === 'string') return Buffer.from(value).subarray(begin, end).toString();
  if (isList(value)) return value.slice(begin, end);
  throw new ExecutionError(`a ${typeName(value)} cannot be cut`);
}

/** Go's `time.Time` in UTC as a text: seconds since the epoch, with what is below a second. */
function timestamp(seconds: number): string {
  if (!Number.isFinite(seconds)) return show(seconds);
  const milliseconds = seconds * 1000;
  if (Math.abs(milliseconds) > 8.64e15) throw new ExecutionError(`${show(seconds)} is no moment`);
  const iso = new Date(milliseconds).toISOString();
  const fraction = iso.slice(19, -1).replace(/\.?0+$/, '');
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction} +0000 UTC`;
}

function title(text: string): string {
  return text.replace(
    /(^|[^\p{L}\p{N}_'])(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** `host` of `host:port`, IPv6 in brackets too. */
function stripPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(text)?.[1];
  if (bracketed !== undefined) return bracketed;
  return /^[^:]*:[^:]*$/.test(text) ? text.slice(0, text.indexOf(':')) : text;
}

function stripDomain(text: string): string {
  const host = stripPort(text);
  if (/^[\d.]+$/.test(host) || host.includes(':')) return text;
  return (host.split('.')[0] ?? host) + text.slice(host.length);
}

function consolePath(kind: 'graph' | 'table', expression: string): string {
  const tab = kind === 'graph' ? '0' : '1';
  return `/graph?g0.expr=${encodeURIComponent(expression).replaceAll('%20', '+')}&g0.tab=${tab}`;
}

const FUNCTIONS: ReadonlyMap<string, Plain> = new Map<string, Plain>([
  ['not', (args) => !isTrue(arg(args, 0))],
  ['len', (args) => lengthOf(arg(args, 0))],
  ['index', (args) => args.slice(1).reduce(indexInto, arg(args, 0))],
  ['slice', slice],
  ['print', print],
  ['println', (args) => `${args.map(show).join(' ')}\n`],
  ['printf', (args) => printf(textAt(args, 0), args.slice(1))],
  ['html', (args) => escapeMarkup(print(args)).replaceAll('&quot;', '&#34;')],
  ['urlquery', (args) => encodeURIComponent(print(args)).replaceAll('%20', '+')],
  ['urlQueryEscape', (args) => encodeURIComponent(textAt(args, 0)).replaceAll('%20', '+')],
  ['eq', (args) => args.slice(1).some((other) => equalValues(arg(args, 0), other))],
  ['ne', (args) => !equalValues(arg(args, 0), arg(args, 1))],
  ['lt', (args) => compareValues(arg(args, 0), arg(args, 1)) < 0],
  ['le', (args) => compareValues(arg(args, 0), arg(args, 1)) <= 0],
  ['gt', (args) => compareValues(arg(args, 0), arg(args, 1)) > 0],
  ['ge', (args) => compareValues(arg(args, 0), arg(args, 1)) >= 0],
  [
    'first',
    (args) => {
      const [sample] = listAt(args, 0);
      if (sample === undefined) throw new ExecutionError('first() called on vector with no elements');
      return sample;
    },
  ],
  ['label', (args) => labelOf(sampleAt(args, 1), textAt(args, 0))],
  ['value', (args) => sampleAt(args, 0).values.get('Value') ?? NaN],
  ['strvalue', (args) => labelOf(sampleAt(args, 0), '__value__')],
  [
    'sortByLabel',
    (args) =>
      [...listAt(args, 1)].sort((a, b) => {
        const [x, y] = [labelOf(a, textAt(args, 0)), labelOf(b, textAt(args, 0))];
        return x < y ? -1 : x > y ? 1 : 0;
      }),
  ],
  ['args', (args) => new Map(args.map((value, index) => [`arg${index}`, value]))],
  ['match', (args) => regex(textAt(args, 0)).matcher(textAt(args, 1)).find()],
  ['reReplaceAll', (args) => replaceAll(regex(textAt(args, 0)), textAt(args, 1), textAt(args, 2))],
  ['title', (args) => title(textAt(args, 0))],
  ['toUpper', (args) => textAt(args, 0).toUpperCase()],
  ['toLower', (args) => textAt(args, 0).toLowerCase()],
  ['safeHtml', (args) => textAt(args, 0)],
  ['humanize', (args) => humanize(numberAt(args, 0))],
  ['humanize1024', (args) => humanize1024(numberAt(args, 0))],
  ['humanizeDuration', (args) => humanizeDuration(numberAt(args, 0))],
  ['humanizePercentage', (args) => humanizePercentage(numberAt(args, 0))],
  ['humanizeTimestamp', (args) => timestamp(numberAt(args, 0))],
  ['toTime', (args) => timestamp(numberAt(args, 0))],
  ['toDuration', (args) => humanizeDuration(numberAt(args, 0))],
  ['now', (_, { now }) => now / 1000],
  [
    'parseDuration',
    (args) => {
      const milliseconds = parsePromDuration(textAt(args, 0));
      if (milliseconds === undefined)
        throw new ExecutionError(`${JSON.stringify(textAt(args, 0))} is no duration`);
      return milliseconds / 1000;
    },
  ],
  ['stripPort', (args) => stripPort(textAt(args, 0))],
  ['stripDomain', (args) => stripDomain(textAt(args, 0))],
  ['graphLink', (args) => consolePath('graph', textAt(args, 0))],
  ['tableLink', (args) => consolePath('table', textAt(args, 0))],
  ['externalURL', (_, { externalUrl }) => externalUrl],
  [
    'pathPrefix',
    (_, { externalUrl }) =>
      URL.canParse(externalUrl) ? new URL(externalUrl).pathname.replace(/\/$/, '') : '',
  ],
]);

/** Whether templates know the function. */
export function isTemplateFunction(name: string): boolean {
  return FUNCTIONS.has(name) || ['and', 'or', 'query'].includes(name);
}

/** Calls a function of Go's or of Prometheus' templates. Throws an ExecutionError. */
export function* callFunction(
  name: string,
  args: readonly TemplateValue[],
  context: FunctionContext,
): Work<TemplateValue> {
  if (name === 'query') {
    const samples = yield* context.query(textAt(args, 0));
    return samples.map(
      (sample) =>
        new Fields([
          [
            'Labels',
            sample.name === '' ? sample.labels : new Map([...sample.labels, ['__name__', sample.name]]),
          ],
          ['Value', sample.value],
        ]),
    );
  }
  const call = FUNCTIONS.get(name);
  if (call === undefined) throw new ExecutionError(`the function ${name} is not known`);
  return call(args, context);
}
