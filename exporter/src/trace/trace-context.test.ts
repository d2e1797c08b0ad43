import { describe, expect, it } from '@jest/globals';
import {
  formatTraceparent,
  isTraceId,
  parseBaggage,
  parseTraceparent,
  parseTracestate,
  readContext,
  writeContext,
} from './trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traceparent', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    [`00-${TRACE}-${SPAN}-03`, true],
    [`00-${TRACE}-${SPAN}-fe`, false],
    [` 00-${TRACE}-${SPAN}-01\t`, true],
    [`cc-${TRACE}-${SPAN}-01-what-comes-later`, true],
    [`cc-${TRACE}-${SPAN}-01`, true],
  ])('reads %j', (text, sampled) => {
    expect(parseTraceparent(text)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });

  it.each([
    ['', 'nothing'],
    [`00-${TRACE}-${SPAN}`, 'flags missing'],
    [`00-${TRACE}-${SPAN}-01-more`, 'more than version 00 has'],
    [`00-${TRACE}-${SPAN}-01-`, 'a dash more'],
    [`cc-${TRACE}-${SPAN}-01.more`, 'a later version without its dash'],
    [`ff-${TRACE}-${SPAN}-01`, 'the version that is none'],
    [`00-${TRACE.toUpperCase()}-${SPAN}-01`, 'upper case'],
    [`00-${'0'.repeat(32)}-${SPAN}-01`, 'no trace'],
    [`00-${TRACE}-${'0'.repeat(16)}-01`, 'no span'],
    [`00-${TRACE}-${SPAN}-0g`, 'flags that are no number'],
    [`00-${TRACE.slice(1)}-${SPAN}-01`, 'a short id'],
    [`cc-${TRACE}-${SPAN}-01-${'x'.repeat(512)}`, 'a long one'],
    [`00-${TRACE}-${SPAN}-01,00-${TRACE}-${SPAN}-01`, 'two of them'],
  ])('refuses %j: %s', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  it('is written as it is read', () => {
    for (const sampled of [true, false]) {
      const context = { traceId: TRACE, spanId: SPAN, sampled };
      expect(parseTraceparent(formatTraceparent(context))).toEqual(context);
    }
  });
});

describe('tracestate', () => {
  it.each([
    ['rojo=00f067aa0ba902b7,congo=t61rcWkgMzE', 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'],
    [' rojo=1 ,, congo=a b\t', 'rojo=1,congo=a b'],
    ['fw529a3039@dt=FfF,0a@b=1', 'fw529a3039@dt=FfF,0a@b=1'],
    ['', undefined],
    ['rojo', undefined],
    ['Rojo=1', undefined],
    ['0rojo=1', undefined],
    ['rojo=a=b', undefined],
    ['rojo=1,rojo=2', undefined],
    ['rojo=é', undefined],
    ['rojo=1,bad', undefined],
  ])('takes %j for %j', (text, expected) => {
    expect(parseTracestate(text)).toBe(expected);
  });

  it('has at most 32 members', () => {
    const members = Array.from({ length: 33 }, (_, index) => `k${index}=1`);
    expect(parseTracestate(members.slice(1).join(','))).toBe(members.slice(1).join(','));
    expect(parseTracestate(members.join(','))).toBeUndefined();
  });

  it('is cut between members behind 512 characters', () => {
    const long = `a=${'x'.repeat(250)}`;
    expect(parseTracestate(`${long},b${long},c${long}`)).toBe(`${long},b${long}`);
  });
});

describe('baggage', () => {
  it.each([
    [
      'userId=alice,serverNode=DF%2028,isProduction=false',
      'userId=alice,serverNode=DF%2028,isProduction=false',
    ],
    ['key1=value1;property1;property2, key2 = value2', 'key1=value1;property1;property2,key2 = value2'],
    ['good=1, b ad=2, {=3', 'good=1'],
    ['good=1\r\nX: 2', undefined],
    ['good="quoted"', undefined],
    ['good\r\n=1', undefined],
    [`slow=1${';   '.repeat(200)}"`, undefined],
    ['', undefined],
  ])('takes %j for %j', (text, expected) => {
    expect(parseBaggage(text)).toBe(expected);
  });

  it('has at most 64 members and 8,192 characters', () => {
    const members = Array.from({ length: 70 }, (_, index) => `k${index}=1`);
    expect(parseBaggage(members.join(','))).toBe(members.slice(0, 64).join(','));
    const long = `a=${'x'.repeat(5000)}`;
    expect(parseBaggage(`${long},b${long}`)).toBe(long);
    expect(parseBaggage('x'.repeat(100_000))).toBeUndefined();
  });
});

describe('what comes with a request or a message', () => {
  it('is read from headers, user properties of MQTT 5 and members of JSON alike', () => {
    const traceparent = `00-${TRACE}-${SPAN}-01`;
    const context = { traceId: TRACE, spanId: SPAN, sampled: true };
    expect(readContext({ traceparent, host: 'x' })).toEqual(context);
    expect(readContext({ traceparent, tracestate: ['a=1', 'b=2'], baggage: 'c=3' })).toEqual({
      ...context,
      traceState: 'a=1,b=2',
      baggage: 'c=3',
    });
    expect(readContext({ traceparent, value: 20.5, tracestate: 7, baggage: [1] })).toEqual(context);
  });

  it('is nothing without a good traceparent', () => {
    for (const traceparent of [undefined, 'x', 1, null, {}, [`00-${TRACE}-${SPAN}-01`]])
      expect(readContext({ traceparent, tracestate: 'a=1' })).toBeUndefined();
  });

  it('is passed on as it came', () => {
    const headers = { traceparent: `00-${TRACE}-${SPAN}-00`, tracestate: 'a=1', baggage: 'b=2' };
    const context = readContext(headers);
    expect(context && writeContext(context)).toEqual(headers);
    expect(writeContext({ traceId: TRACE, spanId: SPAN, sampled: true })).toEqual({
      traceparent: `00-${TRACE}-${SPAN}-01`,
    });
  });
});

it('tells the id of a trace from other words', () => {
  expect(isTraceId(TRACE)).toBe(true);
  for (const text of [TRACE.toUpperCase(), '0'.repeat(32), TRACE.slice(1), `${TRACE}0`, '', 'map'])
    expect(isTraceId(text)).toBe(false);
});
