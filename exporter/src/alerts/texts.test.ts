import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { textsSchema } from './texts.ts';

describe('textsSchema', () => {
  it('keeps names that JavaScript’s objects have, as data', () => {
    const text = '{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d"}';
    const parsed = textsSchema.parse(JSON.parse(text));
    expect(JSON.stringify(parsed)).toBe(text);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });

  it.each([[null], [[]], ['text'], [{ a: 1 }], [{ a: null }]])('takes no %j', (value) =>
    expect(textsSchema.safeParse(value).success).toBe(false),
  );

  it('says where a text is none', () => {
    const error = textsSchema.safeParse({ a: 1 }).error;
    expect(error?.issues[0]?.path).toEqual(['a']);
  });

  it('is an object of strings in JSON schema', () => {
    expect(z.toJSONSchema(z.object({ labels: textsSchema }), { io: 'input' }).properties).toEqual({
      labels: { type: 'object', additionalProperties: { type: 'string' } },
    });
  });
});
