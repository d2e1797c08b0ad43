import { goFixed, goSignificant, goValue } from './go-format.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage } from './humanize.ts';

/** A template that is not understood: what in it, and what is. */
export class TemplateError extends Error {
  constructor(action: string) {
    super(
      `template {{${action}}} is not supported here; supported are $labels.<name> and $value, alone, after printf "%.1f" (or %.0g, %f, %v, %s), or followed by | humanize, humanize1024, humanizeDuration, humanizePercentage, toUpper, toLower`,
    );
    this.name = 'TemplateError';
  }
}

/** What a template is filled with. */
export interface TemplateData {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A template that was parsed: gives its text. */
export type Template = (data: TemplateData) => string;

type Term = string | number;
type Step = (term: Term) => Term;

const ACTION = /\{\{(.*?)\}\}/gs;
const TERM = /^(?:\$labels\.|\.Labels\.)([a-zA-Z_]\w*)$/;
const PRINTF = /^printf\s+"([^"%\\]*)%(?:\.(\d+))?([fgvs])([^"%\\]*)"(?:\s+(\S+))?$/;

function shown(term: Term): string {
  return typeof term === 'string' ? term : goValue(term);
}

/** A text that should be a number; what is none has no better value than NaN. */
function asNumber(term: Term): number {
  return typeof term === 'number' ? term : Number(term);
}

const FUNCTIONS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['humanize', (term) => humanize(asNumber(term))],
  ['humanize1024', (term) => humanize1024(asNumber(term))],
  ['humanizeDuration', (term) => humanizeDuration(asNumber(term))],
  ['humanizePercentage', (term) => humanizePercentage(asNumber(term))],
  ['toUpper', (term) => shown(term).toUpperCase()],
  ['toLower', (term) => shown(term).toLowerCase()],
]);

function parseTerm(text: string): ((data: TemplateData) => Term) | undefined {
  if (text === '$value' || text === '.Value') return ({ value }) => value;
  const label = TERM.exec(text)?.[1];
  return label === undefined ? undefined : ({ labels }) => labels[label] ?? '';
}

/** `printf "…%.1f…"`; the argument may stand behind it or come through the pipe. */
function parsePrintf(
  text: string,
): { readonly step: Step; readonly argument: string | undefined } | undefined {
  const match = PRINTF.exec(text);
  if (match === null) return undefined;
  const [, before = '', digits, verb, after = '', argument] = match;
  const decimals = digits === undefined ? undefined : Number(digits);
  if (decimals !== undefined && (decimals > 20 || verb === 'v' || verb === 's')) return undefined;
  const format = (term: Term): string => {
    if (verb === 's' || verb === 'v') return shown(term);
    const value = asNumber(term);
    if (verb === 'f') return goFixed(value, decimals ?? 6);
    return decimals === undefined ? goValue(value) : goSignificant(value, Math.max(1, decimals));
  };
  return { step: (term) => before + format(term) + after, argument };
}

function parseAction(action: string): Template {
  const [head = '', ...pipe] = action.split('|').map((part) => part.trim());
  const printf = parsePrintf(head);
  const word = /^(\w+)\s+(\S+)$/.exec(head);
  const term = parseTerm(printf === undefined ? (word?.[2] ?? head) : (printf.argument ?? ''));
  const first = printf?.step ?? FUNCTIONS.get(word?.[1] ?? '');
  const rest = pipe.map((part) => {
    const piped = parsePrintf(part);
    return piped?.argument === undefined && piped !== undefined ? piped.step : FUNCTIONS.get(part);
  });
  const steps = word === null && printf === undefined ? rest : [first, ...rest];
  const known = steps.filter((step) => step !== undefined);
  if (term === undefined || known.length < steps.length) throw new TemplateError(action);
  return (data) => shown(known.reduce((result, step) => step(result), term(data)));
}

/**
 * Parses the part of Go's templates that rules use. Throws a TemplateError for anything else: a text with a
 * hole in it would be noticed at the worst moment.
 */
export function parseTemplate(text: string): Template {
  const pieces: Template[] = [];
  let end = 0;
  for (const match of text.matchAll(ACTION)) {
    const before = text.slice(end, match.index);
    pieces.push(() => before, parseAction(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  const tail = text.slice(end);
  if (tail.includes('{{')) throw new TemplateError(tail.slice(tail.indexOf('{{') + 2));
  return (data) => pieces.map((piece) => piece(data)).join('') + tail;
}
