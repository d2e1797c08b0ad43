import type { z } from 'zod';
import { HttpError, type ValidationDetail, validationDetail } from './http-error.ts';
import type { Parameter } from './route.ts';

type Value = number | string | boolean | undefined;

function checkInteger(text: string, parameter: Parameter, loc: readonly string[]): number | ValidationDetail {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    const msg = 'Input should be a valid integer, unable to parse string as an integer';
    return validationDetail('int_parsing', loc, msg, text);
  }
  const value = Number(text);
  const { minimum, maximum } = parameter;
  if (minimum !== undefined && value < minimum) {
    const msg = `Input should be greater than or equal to ${minimum}`;
    return validationDetail('greater_than_equal', loc, msg, text, { ge: minimum });
  }
  if (maximum !== undefined && value > maximum) {
    const msg = `Input should be less than or equal to ${maximum}`;
    return validationDetail('less_than_equal', loc, msg, text, { le: maximum });
  }
  return value;
}

function checkBoolean(text: string, loc: readonly string[]): boolean | ValidationDetail {
  const lower = text.toLowerCase();
  if (['true', '1', 'on', 'yes', 't', 'y'].includes(lower)) return true;
  if (['false', '0', 'off', 'no', 'f', 'n'].includes(lower)) return false;
  return validationDetail(
    'bool_parsing',
    loc,
    'Input should be a valid boolean, unable to interpret input',
    text,
  );
}

/**
 * Validates parameters as FastAPI does and returns their values, defaults filled in.
 * @param where `query` or `path`, for the error's `loc`
 * @throws HttpError 422 with one detail for each bad parameter
 */
export function checkParameters(
  parameters: Readonly<Record<string, Parameter>>,
  where: 'query' | 'path',
  read: (name: string) => string | null,
): Map<string, Value> {
  const values = new Map<string, Value>();
  const details: ValidationDetail[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    const loc = [where, name];
    const text = read(name);
    if (text === null) {
      if (parameter.required === true) details.push(validationDetail('missing', loc, 'Field required', null));
      values.set(name, parameter.default);
      continue;
    }
    const value =
      parameter.type === 'integer'
        ? checkInteger(text, parameter, loc)
        : parameter.type === 'boolean'
          ? checkBoolean(text, loc)
          : text;
    if (typeof value === 'object') details.push(value);
    else values.set(name, value);
  }
  if (details.length > 0) throw new HttpError(422, details);
  return values;
}

/**
 * Parses a body with a schema.
 * @throws HttpError 422 whose details say `missing` for what is absent
 */
export function checkBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  if (body === undefined)
    throw new HttpError(422, [validationDetail('missing', ['body'], 'Field required', null)]);
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new HttpError(
    422,
    parsed.error.issues.map((issue) => {
      const loc = ['body', ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
      if (issue.input === undefined) return validationDetail('missing', loc, 'Field required', body);
      return validationDetail(issue.code, loc, issue.message, issue.input);
    }),
  );
}
