import { lexTemplate, TemplateError, type Token } from './lex.ts';
import type { TemplateValue } from './value.ts';

/** What a command works with. */
export type Operand =
  | { readonly kind: 'constant'; readonly value: TemplateValue }
  /** `.`, or `.A.B`. */
  | { readonly kind: 'dot'; readonly fields: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly fields: readonly string[] };

/** A function with its arguments, or a lone operand. */
export type Command = readonly [Operand, ...Operand[]];

export interface Pipeline {
  /** Variables that it sets: one, or two in `range`. */
  readonly variables: readonly string[];
  /** `:=` makes them, `=` changes them. */
  readonly declares: boolean;
  readonly commands: readonly Command[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly kind: 'template'; readonly name: string; readonly pipeline: Pipeline | undefined }
  | { readonly kind: 'break' | 'continue' };

export interface ParsedTemplate {
  readonly nodes: readonly TemplateNode[];
  /** What `define` made. */
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}

type Body = { readonly nodes: readonly TemplateNode[]; readonly endedBy: 'end' | 'else' | undefined };
const CONSTANTS: ReadonlyMap<string, TemplateValue> = new Map<string, TemplateValue>([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

/**
 * Parses Go's text/template with the functions that `isFunction` knows. Throws a TemplateError with the line for
 * everything that Prometheus would refuse when it loads the rule.
 */
export function parseTemplateText(text: string, isFunction: (name: string) => boolean): ParsedTemplate {
  const tokens = lexTemplate(text);
  const defined = new Map<string, readonly TemplateNode[]>();
  const scopes: Set<string>[] = [new Set(['$', '$labels', '$externalLabels', '$externalURL', '$value'])];
  let next = 0;
  let loops = 0;

  const peek = (): Token | undefined => tokens[next];
  function fail(why: string, token = peek()): never {
    throw new TemplateError(text, token?.at ?? text.length, why);
  }
  const is = (kind: Token['kind'], value?: string): boolean =>
    peek()?.kind === kind && (value === undefined || peek()?.value === value);
  function take(kind: Token['kind'], value?: string): Token {
    const token = peek();
    if (token === undefined || !is(kind, value))
      return fail(
        `${value ?? kind} is missing${token === undefined ? '' : ` before ${JSON.stringify(token.value)}`}`,
      );
    next += 1;
    return token;
  }
  const takeIf = (kind: Token['kind'], value?: string): Token | undefined =>
    is(kind, value) ? take(kind) : undefined;
  const isKnown = (name: string): boolean => scopes.some((scope) => scope.has(name));

  /** Fields directly behind an operand. */
  function fields(): string[] {
    const names: string[] = [];
    while (is('field') && peek()?.spaced === false) names.push(take('field').value);
    return names;
  }

  function operand(): Operand | undefined {
    const token = peek();
    switch (token?.kind) {
      case 'string':
        next += 1;
        return { kind: 'constant', value: token.value };
      case 'int':
        next += 1;
        return { kind: 'constant', value: BigInt(token.value.replace(/^[+]/, '')) };
      case 'float':
        next += 1;
        return { kind: 'constant', value: Number(token.value) };
      case 'variable':
        next += 1;
        if (!isKnown(token.value)) return fail(`the variable ${token.value} is not defined`, token);
        return { kind: 'variable', name: token.value, fields: fields() };
      case 'field':
        next += 1;
        return { kind: 'dot', fields: [token.value, ...fields()] };
      case 'word': {
        next += 1;
        const constant = CONSTANTS.get(token.value);
        if (constant !== undefined) return { kind: 'constant', value: constant };
        if (!isFunction(token.value)) return fail(`the function ${token.value} is not known`, token);
        return { kind: 'function', name: token.value };
      }
      case 'mark':
        if (token.value === '.') {
          next += 1;
          return { kind: 'dot', fields: [] };
        }
        if (token.value !== '(') return undefined;
        next += 1;
        {
          const inner = pipeline();
          take('mark', ')');
          return { kind: 'pipeline', pipeline: inner, fields: fields() };
        }
      default:
        return undefined;
    }
  }

  function command(): Command {
    const first = operand() ?? fail('a value or a function is missing');
    const rest: Operand[] = [];
    for (let more = operand(); more !== undefined; more = operand()) rest.push(more);
    if (rest.length > 0 && first.kind !== 'function') return fail('only a function takes arguments');
    return [first, ...rest];
  }

  function pipeline(most = 1): Pipeline {
    const variables: string[] = [];
    const begin = next;
    while (is('variable') && variables.length < most) {
      variables.push(take('variable').value);
      if (variables.length < most) takeIf('mark', ',');
    }
    const sign = takeIf('mark', ':=') ?? takeIf('mark', '=');
    if (sign === undefined) {
      next = begin;
      variables.length = 0;
    }
    const commands = [command()];
    while (takeIf('mark', '|') !== undefined) commands.push(command());
    for (const later of commands.slice(1))
      if (later[0].kind !== 'function') fail('what stands behind | must be a function');
    const unknown = sign?.value === '=' ? variables.find((name) => !isKnown(name)) : undefined;
    if (unknown !== undefined) fail(`the variable ${unknown} is not defined`);
    for (const name of variables) scopes.at(-1)?.add(name);
    return { variables, declares: sign?.value === ':=', commands };
  }

  function scoped<T>(work: () => T): T {
    scopes.push(new Set());
    try {
      return work();
    } finally {
      scopes.pop();
    }
  }

  function closed<T>(value: T): T {
    take('close');
    return value;
  }

  function requireEnd({ nodes, endedBy }: Body): readonly TemplateNode[] {
    if (endedBy !== 'end') fail('{{ end }} is missing');
    closed(undefined);
    return nodes;
  }

  /** What follows `else`: the rest of the block, or another `if` or `with` that ends with it. */
  function elseBranch(): readonly TemplateNode[] {
    const again = is('word', 'if') ? 'if' : is('word', 'with') ? 'with' : undefined;
    if (again === undefined) {
      closed(undefined);
      return scoped(() => requireEnd(body(true)));
    }
    take('word');
    return [branch(again)];
  }

  function branch(kind: 'if' | 'with' | 'range'): TemplateNode {
    return scoped(() => {
      const condition = closed(pipeline(kind === 'range' ? 2 : 1));
      if (kind === 'range') loops += 1;
      const inner = scoped(() => body(true));
      if (kind === 'range') loops -= 1;
      const otherwise = inner.endedBy === 'else' ? elseBranch() : (requireEnd(inner), []);
      return { kind, pipeline: condition, body: inner.nodes, otherwise };
    });
  }

  function define(): void {
    const name = closed(take('string').value);
    defined.set(
      name,
      scoped(() => requireEnd(body(true))),
    );
  }

  function statement(): TemplateNode | undefined {
    const word = is('word') ? peek()?.value : undefined;
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        take('word');
        return branch(word);
      case 'define':
        take('word');
        define();
        return undefined;
      case 'template': {
        take('word');
        const name = take('string').value;
        return { kind: 'template', name, pipeline: closed(is('close') ? undefined : pipeline()) };
      }
      case 'break':
      case 'continue':
        if (loops === 0) fail(`${word} stands outside of a range`);
        take('word');
        return closed({ kind: word });
      case 'block':
        return fail('block is not supported: use define and template');
      default:
        return closed({ kind: 'output', pipeline: pipeline() });
    }
  }

  function body(isInner: boolean): Body {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const token = peek();
      if (token === undefined) {
        if (isInner) fail('{{ end }} is missing');
        return { nodes, endedBy: undefined };
      }
      next += 1;
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.value });
        continue;
      }
      for (const word of ['end', 'else'] as const)
        if (is('word', word)) {
          if (!isInner) fail(`{{ ${word} }} ends nothing`);
          take('word');
          return { nodes, endedBy: word };
        }
      const node = statement();
      if (node !== undefined) nodes.push(node);
    }
  }

  return { nodes: body(false).nodes, defined };
}
