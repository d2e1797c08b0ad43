import type { Work } from '@valtronics/promql';
import { show } from './go-print.ts';
import type { Command, Operand, ParsedTemplate, Pipeline, TemplateNode } from './parse.ts';
import { ExecutionError, Fields, isList, isMap, isTrue, type TemplateValue, typeName } from './value.ts';

/** Calls a function of templates; throws an ExecutionError. */
export type CallFunction = (name: string, args: readonly TemplateValue[]) => Work<TemplateValue>;

/** A text longer than this is a fault of the template, in UTF-16 units. */
const MOST_TEXT = 64 * 1024;
/** How deep `template` may call itself. */
const MOST_DEPTH = 100;

/** Leaves the nodes of a `range`, however deep they are nested. */
class Loop extends Error {
  readonly kind: 'break' | 'continue';

  constructor(kind: 'break' | 'continue') {
    super(kind);
    this.kind = kind;
  }
}

function fieldOf(value: TemplateValue, name: string): TemplateValue {
  if (value instanceof Fields) {
    const field = value.values.get(name);
    if (field === undefined) throw new ExecutionError(`there is no field ${name} in a ${typeName(value)}`);
    return field;
  }
  // Go gives a missing key of a map of strings as the empty string.
  if (isMap(value)) return value.get(name) ?? '';
  throw new ExecutionError(`a ${typeName(value)} has no field ${name}`);
}

function entriesOf(value: TemplateValue): readonly (readonly [TemplateValue, TemplateValue])[] {
  if (value === null) return [];
  if (isList(value)) return value.map((item, index) => [BigInt(index), item] as const);
  if (isMap(value))
    return [...value]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]): [TemplateValue, TemplateValue] => [key, item]);
  throw new ExecutionError(`range cannot go over a ${typeName(value)}`);
}

/** Fills the template. `root` is `.` and `$`; `variables` are there from the start, with their `$`. */
export function* runTemplate(
  { nodes, defined }: ParsedTemplate,
  root: TemplateValue,
  variables: ReadonlyMap<string, TemplateValue>,
  call: CallFunction,
): Work<string> {
  let text = '';
  let stack: { readonly name: string; value: TemplateValue }[] = [...variables].map(([name, value]) => ({
    name,
    value,
  }));

  function* valueOf(operand: Operand, dot: TemplateValue): Work<TemplateValue> {
    switch (operand.kind) {
      case 'constant':
        return operand.value;
      case 'dot':
        return operand.fields.reduce(fieldOf, dot);
      case 'variable': {
        const found = stack.findLast(({ name }) => name === operand.name);
        return operand.fields.reduce(fieldOf, found === undefined ? null : found.value);
      }
      case 'function':
        return yield* call(operand.name, []);
      case 'pipeline':
        return operand.fields.reduce(fieldOf, yield* evaluate(operand.pipeline, dot));
    }
  }

  /** `and` and `or` look at no more than they need. */
  function* shortCircuit(
    name: 'and' | 'or',
    args: readonly Operand[],
    last: readonly TemplateValue[],
    dot: TemplateValue,
  ): Work<TemplateValue> {
    if (args.length + last.length === 0) throw new ExecutionError(`${name} needs an argument`);
    let value: TemplateValue = null;
    for (const arg of args) {
      value = yield* valueOf(arg, dot);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return last[0] ?? value;
  }

  function* execute(
    [first, ...rest]: Command,
    piped: readonly TemplateValue[],
    dot: TemplateValue,
  ): Work<TemplateValue> {
    if (first.kind !== 'function') return yield* valueOf(first, dot);
    if (first.name === 'and' || first.name === 'or') return yield* shortCircuit(first.name, rest, piped, dot);
    const args: TemplateValue[] = [];
    for (const operand of rest) args.push(yield* valueOf(operand, dot));
    return yield* call(first.name, [...args, ...piped]);
  }

  function* evaluate(
    { commands, variables: names, declares }: Pipeline,
    dot: TemplateValue,
  ): Work<TemplateValue> {
    let piped: readonly TemplateValue[] = [];
    for (const command of commands) piped = [yield* execute(command, piped, dot)];
    const value = piped[0] ?? null;
    const [name] = names;
    if (name !== undefined && names.length === 1) assign(name, declares, value);
    return value;
  }

  function assign(name: string, declares: boolean, value: TemplateValue): void {
    const known = declares ? undefined : stack.findLast((variable) => variable.name === name);
    if (known === undefined) stack.push({ name, value });
    else known.value = value;
  }

  function* inScope(work: Work<void>): Work<void> {
    const depth = stack.length;
    try {
      yield* work;
    } finally {
      stack.length = depth;
    }
  }

  function write(more: string): void {
    text += more;
    if (text.length > MOST_TEXT) throw new ExecutionError(`the text is longer than ${MOST_TEXT} characters`);
  }

  function* range(
    { pipeline, body, otherwise }: Extract<TemplateNode, { kind: 'if' | 'with' | 'range' }>,
    dot: TemplateValue,
    depth: number,
  ): Work<void> {
    // The variables of a range hold its elements, so they are set here and not by the pipeline.
    const items = entriesOf(yield* evaluate({ ...pipeline, variables: [] }, dot));
    if (items.length === 0) return yield* list(otherwise, dot, depth);
    const names = pipeline.variables;
    for (const [key, item] of items) {
      yield;
      const begin = stack.length;
      if (names.length === 2) assign(names[0] ?? '', pipeline.declares, key);
      const element = names.at(-1);
      if (element !== undefined) assign(element, pipeline.declares, item);
      try {
        yield* list(body, item, depth);
      } catch (caught) {
        if (!(caught instanceof Loop)) throw caught;
        if (caught.kind === 'break') return;
      } finally {
        stack.length = begin;
      }
    }
  }

  function* named(
    name: string,
    pipeline: Pipeline | undefined,
    dot: TemplateValue,
    depth: number,
  ): Work<void> {
    const inner = defined.get(name);
    if (inner === undefined) throw new ExecutionError(`there is no template ${JSON.stringify(name)}`);
    if (depth >= MOST_DEPTH)
      throw new ExecutionError(`templates call each other more than ${MOST_DEPTH} times`);
    const value = pipeline === undefined ? null : yield* evaluate(pipeline, dot);
    const outer = stack;
    stack = [{ name: '$', value }];
    try {
      yield* list(inner, value, depth + 1);
    } finally {
      stack = outer;
    }
  }

  function* node(at: TemplateNode, dot: TemplateValue, depth: number): Work<void> {
    switch (at.kind) {
      case 'text':
        write(at.text);
        return;
      case 'output': {
        const value = yield* evaluate(at.pipeline, dot);
        if (at.pipeline.variables.length === 0) write(value === null ? '<no value>' : show(value));
        return;
      }
      case 'break':
      case 'continue':
        throw new Loop(at.kind);
      case 'template':
        return yield* named(at.name, at.pipeline, dot, depth);
      case 'range':
        return yield* inScope(range(at, dot, depth));
      case 'if':
      case 'with':
        return yield* inScope(
          (function* (): Work<void> {
            const value = yield* evaluate(at.pipeline, dot);
            const holds = isTrue(value);
            yield* list(holds ? at.body : at.otherwise, holds && at.kind === 'with' ? value : dot, depth);
          })(),
        );
    }
  }

  function* list(all: readonly TemplateNode[], dot: TemplateValue, depth: number): Work<void> {
    for (const one of all) yield* node(one, dot, depth);
  }

  yield* list(nodes, root, 0);
  return text;
}
