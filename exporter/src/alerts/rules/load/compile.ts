import {
  checkExpression,
  type Expression,
  ExpressionError,
  type Needs,
  needsOf,
  parseExpression,
} from '@valtronics/promql';
import { messageOf } from '../../../base/errors.ts';
import { parseTemplate, type Template, TemplateError } from '../template/template.ts';
import type { Rule } from './rule.ts';

/** Templates by the name of their label or annotation. */
export type Templates = ReadonlyMap<string, Template>;

/** What evaluating a rule needs. */
export interface Program {
  readonly expression: Expression;
  readonly needs: Needs;
  readonly labels: Templates;
  readonly annotations: Templates;
}

/** A rule's program, or why there is none, in words for operators. */
export type Compiled =
  | { readonly program: Program; readonly refusal: undefined }
  | { readonly program: undefined; readonly refusal: string };

const METRIC = /^[a-zA-Z_:][\w:]*$/;
const LABEL = /^[a-zA-Z_]\w*$/;

/** Line and column of an offset, as editors count them. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return before.length === 1 ? `column ${column}` : `line ${before.length}, column ${column}`;
}

function templatesOf(texts: Readonly<Record<string, string>>): Templates {
  return new Map(Object.entries(texts).map(([name, text]) => [name, parseTemplate(text)]));
}

function compile(rule: Rule): Program {
  const expression = parseExpression(rule.expression);
  const type = checkExpression(expression);
  if (type !== 'vector' && type !== 'scalar')
    throw new ExpressionError(`a rule needs an instant vector or a number, not a ${type}`, 0);
  if (rule.kind === 'recording' && !METRIC.test(rule.name))
    throw new Error(`${rule.name} is no name of a metric`);
  for (const label of Object.keys(rule.labels))
    if (!LABEL.test(label) || label === '__name__') throw new Error(`${label} is no name of a label`);
  return {
    expression,
    needs: needsOf(expression),
    labels:
      rule.kind === 'recording'
        ? new Map(Object.entries(rule.labels).map(([name, text]) => [name, () => text]))
        : templatesOf(rule.labels),
    annotations: rule.kind === 'recording' ? new Map() : templatesOf(rule.annotations),
  };
}

/** Parses a rule's expression and templates. */
export function compileRule(rule: Rule): Compiled {
  try {
    return { program: compile(rule), refusal: undefined };
  } catch (error) {
    if (error instanceof ExpressionError)
      return {
        program: undefined,
        refusal: `expression, ${placeOf(rule.expression, error.at)}: ${error.message}`,
      };
    if (error instanceof TemplateError) return { program: undefined, refusal: error.message };
    return { program: undefined, refusal: messageOf(error) };
  }
}
