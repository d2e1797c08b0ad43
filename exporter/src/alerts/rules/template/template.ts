import { type Expression, ExpressionError, parseExpression, type Work } from '@valtronics/promql';
import { callFunction, type FunctionContext, isTemplateFunction } from './functions.ts';
import { TemplateError } from './lex.ts';
import { type Command, type Operand, parseTemplateText, type Pipeline, type TemplateNode } from './parse.ts';
import { runTemplate } from './run.ts';
import { ExecutionError, Fields, type TemplateValue } from './value.ts';

export { TemplateError };

/** What a template is filled with. */
export interface TemplateData {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** A label or annotation with holes, as Prometheus' rules have them. */
export interface Template {
  /** The PromQL that it asks for, with a placeholder where a part is only known when it is filled. */
  readonly queries: readonly Expression[];
  /** Never fails: like Prometheus, a text that cannot be filled says why. */
  fill(data: TemplateData, context: FunctionContext): Work<string>;
}

function commandsIn(nodes: readonly TemplateNode[]): Command[] {
  const ofOperand = (operand: Operand): Command[] =>
    operand.kind === 'pipeline' ? ofPipeline(operand.pipeline) : [];
  const ofPipeline = ({ commands }: Pipeline): Command[] =>
    commands.flatMap((command, index): Command[] => [
      // What comes through the pipe is the last argument.
      index === 0
        ? command
        : [
            ...command,
            {
              kind: 'pipeline',
              pipeline: { variables: [], declares: false, commands: commands.slice(0, index) },
              fields: [],
            },
          ],
      ...command.flatMap(ofOperand),
    ]);
  return nodes.flatMap((node): Command[] => {
    switch (node.kind) {
      case 'output':
        return ofPipeline(node.pipeline);
      case 'template':
        return node.pipeline === undefined ? [] : ofPipeline(node.pipeline);
      case 'if':
      case 'with':
      case 'range':
        return [...ofPipeline(node.pipeline), ...commandsIn(node.body), ...commandsIn(node.otherwise)];
      default:
        return [];
    }
  });
}

/** The text that the operand will be, as far as it is known before: what is filled in becomes `x`. */
function knownText(operand: Operand | undefined): string | undefined {
  if (operand?.kind === 'constant') return typeof operand.value === 'string' ? operand.value : undefined;
  if (operand?.kind !== 'pipeline') return undefined;
  const [first, ...rest] = operand.pipeline.commands.at(-1) ?? [];
  if (first?.kind !== 'function')
    return operand.pipeline.commands.length === 1 ? knownText(first) : undefined;
  if (first.name === 'printf')
    return knownText(rest[0])
      ?.replace(/%[-+# 0]*\d*(?:\.\d*)?[a-zA-Z]/g, (verb) => (verb.endsWith('q') ? '"x"' : 'x'))
      .replaceAll('%%', '%');
  return undefined;
}

function queriesOf(text: string, nodes: readonly TemplateNode[]): Expression[] {
  return commandsIn(nodes)
    .filter(([first]) => first.kind === 'function' && first.name === 'query')
    .map((command) => {
      const known = knownText(command.at(-1));
      if (known === undefined || command.length < 2)
        throw new TemplateError(
          text,
          0,
          'the expression of a query must be a text, or a printf of one, so that its metrics are known before',
        );
      try {
        return parseExpression(known);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        throw new TemplateError(text, 0, `query ${JSON.stringify(known)}: ${error.message}`);
      }
    });
}

/** A text without holes. */
export function plainText(text: string): Template {
  return {
    queries: [],
    *fill() {
      return text;
    },
  };
}

/** Parses a label or an annotation of a rule. Throws a TemplateError for what Prometheus would refuse as well. */
export function parseTemplate(text: string): Template {
  if (!text.includes('{{')) return plainText(text);
  const parsed = parseTemplateText(text, isTemplateFunction);
  const queries = queriesOf(text, [...parsed.nodes, ...[...parsed.defined.values()].flat()]);
  return {
    queries,
    *fill({ labels, value }, context) {
      const root: [string, TemplateValue][] = [
        ['Labels', labels],
        ['ExternalLabels', new Map()],
        ['ExternalURL', context.externalUrl],
        ['Value', value],
      ];
      const variables = new Map<string, TemplateValue>(
        root.map(([name, field]) => [
          `$${name === 'ExternalURL' ? 'externalURL' : name.charAt(0).toLowerCase() + name.slice(1)}`,
          field,
        ]),
      );
      const fields = new Fields(root);
      variables.set('$', fields);
      try {
        return yield* runTemplate(parsed, fields, variables, (name, args) =>
          callFunction(name, args, context),
        );
      } catch (error) {
        if (!(error instanceof ExecutionError)) throw error;
        return `<error expanding template: ${error.message}>`;
      }
    },
  };
}
