import {
  checkExpression,
  childrenOf,
  type Expression,
  ExpressionError,
  type Needs,
  needsOf,
  parseExpression,
  type Selector,
} from '@valtronics/promql';
import { messageOf } from '../../../base/errors.ts';
import { parseTemplate, plainText, type Template, TemplateError } from '../template/template.ts';
import type { Rule } from './rule.ts';

/** Templates by the name of their label or annotation. */
export type Templates = ReadonlyMap<string, Template>;

/** What evaluating a rule needs. */
export interface Program {
  readonly expression: Expression;
  readonly needs: Needs;
  readonly labels: Templates;
  readonly annotations: Templates;
  /** What it selects: whoever cannot see that cannot judge it. */
  readonly selectors: readonly Selector[];
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

/** Every selector of the expression, those inside of ranges and subqueries too. */
function selectorsOf(expression: Expression): Selector[] {
  return expression.kind === 'selector' ? [expression] : childrenOf(expression).flatMap(selectorsOf);
}

/** What is looked at: by the condition, and by queries of its texts. */
function needsOfAll(expressions: readonly Expression[]): Needs {
  const needs = new Map<string, number>();
  for (const expression of expressions)
    for (const [metric, back] of needsOf(expression))
      needs.set(metric, Math.max(needs.get(metric) ?? 0, back));
  return needs;
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
  for (const name of rule.kind === 'alerting' ? Object.keys(rule.annotations) : [])
    if (!LABEL.test(name)) throw new Error(`${name} is no name of an annotation`);
  // Prometheus fills templates in the texts of alerts only.
  const labels =
    rule.kind === 'recording'
      ? new Map(Object.entries(rule.labels).map(([name, text]) => [name, plainText(text)]))
      : templatesOf(rule.labels);
  const annotations: Templates = rule.kind === 'recording' ? new Map() : templatesOf(rule.annotations);
  const queries = [...labels.values(), ...annotations.values()].flatMap((template) => template.queries);
  return {
    expression,
    needs: needsOfAll([expression, ...queries]),
    selectors: [expression, ...queries].flatMap(selectorsOf),
    labels,
    annotations,
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
