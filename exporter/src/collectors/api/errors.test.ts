import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { restCapture } from '../../../test/support/captures.ts';
import { ApiError, exchangeError, excerptOf, jsonOf, shapeError } from './errors.ts';
import type { HttpResponse } from './http-get.ts';

function answer(name: string): HttpResponse {
  const { status, contentType, body } = restCapture(name);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, statusText: '', contentType, body: text };
}

function messageOf(name: string): string {
  try {
    jsonOf('/x', answer(name));
  } catch (error) {
    if (error instanceof ApiError) return error.message;
  }
  throw new Error('no error');
}

describe('errors of the platform', () => {
  it('are told by status, content type and a few words', () => {
    expect(messageOf('analytics-metrics-500')).toBe(
      'GET /x answered 500 (text/plain; charset=utf-8): "Internal Server Error"',
    );
    expect(messageOf('device-404')).toBe('GET /x answered 404 (application/json): "Device not found"');
    expect(messageOf('error-422')).toBe(
      'GET /x answered 422 (application/json): "query.limit: Input should be greater than or equal to 1"',
    );
    expect(messageOf('redirect-307')).toBe('GET /x answered 307 (no content type): an empty body');
  });

  it('are one line of bounded length', () => {
    const excerpt = excerptOf(`<html>\n\t${'x'.repeat(5000)}`);
    expect(excerpt).toHaveLength(121);
    expect(excerpt).not.toContain('\n');
    expect(excerptOf('{"detail": 7}')).toBe('{"detail": 7}');
  });

  it('take JSON whatever its content type says', () => {
    expect(jsonOf('/x', { status: 200, statusText: 'OK', contentType: 'text/html', body: '[1]' })).toEqual([
      1,
    ]);
  });

  it('name what is odd about a shape', () => {
    const odd = z.object({ a: z.object({ b: z.number() }) }).safeParse({ a: { b: 'x' } });
    expect(odd.error === undefined ? '' : shapeError('/x', odd.error).message).toMatch(
      /^GET \/x answered JSON of an unknown shape \(a\.b: .*number.*\): is it Valtronics\?$/,
    );
  });

  it('say when nothing was answered', () => {
    const error = new Error('boom');
    expect(exchangeError('/x', 'http://h', error).message).toBe('GET /x: http://h gave no answer: boom');
    expect(exchangeError('/x', 'http://h', error, 4999.6).message).toBe(
      'GET /x: http://h did not answer within 5000 ms',
    );
  });
});
