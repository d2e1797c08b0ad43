import { goExponential, goFixed, goSignificant, goValue } from './go-format.ts';
import { Fields, isList, type TemplateValue, typeName } from './value.ts';

/** Go's `%v`, which is also what an action writes. */
export function show(value: TemplateValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return goValue(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(show).join(' ')}]`;
  if (value instanceof Fields) return `{${[...value.values.values()].map(show).join(' ')}}`;
  const pairs = [...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${key}:${show(item)}`);
  return `map[${pairs.join(' ')}]`;
}

/** Go's `Sprint`: spaces between values of which neither is a text. */
export function print(values: readonly TemplateValue[]): string {
  return values.reduce<string>((text, value, index) => {
    const before = values[index - 1];
    const apart = index > 0 && typeof before !== 'string' && typeof value !== 'string';
    return text + (apart ? ' ' : '') + show(value);
  }, '');
}

const VERB = /%([-+# 0]*)(\d*)(?:\.(\d*))?([a-zA-Z%])|%$/g;
/** Widths and precisions beyond this are cut: a rule's text is for people. */
const MOST = 300;

interface Spec {
  readonly flags: string;
  readonly precision: number | undefined;
  readonly verb: string;
}

function signed(text: string, flags: string): string {
  if (text.startsWith('-')) return text;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\x7f');
}

function formatFloat(value: number, { verb, precision, flags }: Spec): string | undefined {
  switch (verb) {
    case 'v':
    case 'g':
    case 'G': {
      const text = precision === undefined ? goValue(value) : goSignificant(value, Math.max(1, precision));
      return signed(verb === 'G' ? text.toUpperCase() : text, flags);
    }
    case 'f':
    case 'F':
      return signed(goFixed(value, precision ?? 6), flags);
    case 'e':
    case 'E': {
      const text = goExponential(value, precision ?? 6);
      return signed(verb === 'E' ? text.toUpperCase() : text, flags);
    }
    default:
      return undefined;
  }
}

function formatInt(value: bigint, { verb, flags }: Spec): string | undefined {
  const bases: Readonly<Partial<Record<string, number>>> = { v: 10, d: 10, x: 16, X: 16, o: 8, b: 2 };
  const base = bases[verb];
  if (verb === 'c') return String.fromCodePoint(Number(value));
  if (base === undefined) return undefined;
  const prefix = flags.includes('#') && base === 16 ? `0${verb}` : '';
  const digits = (value < 0n ? -value : value).toString(base);
  const text = (value < 0n ? '-' : '') + prefix + digits;
  return signed(verb === 'X' ? text.toUpperCase() : text, flags);
}

function formatText(text: string, { verb, precision }: Spec): string | undefined {
  const cut = precision === undefined ? text : Array.from(text).slice(0, precision).join('');
  switch (verb) {
    case 'v':
    case 's':
      return cut;
    case 'q':
      return quoted(cut);
    case 'x':
    case 'X': {
      const hex = Buffer.from(cut, 'utf8').toString('hex');
      return verb === 'X' ? hex.toUpperCase() : hex;
    }
    default:
      return undefined;
  }
}

function formatOne(value: TemplateValue, spec: Spec): string {
  if (spec.verb === 'T') return typeName(value);
  const text =
    typeof value === 'number'
      ? formatFloat(value, spec)
      : typeof value === 'bigint'
        ? formatInt(value, spec)
        : typeof value === 'string'
          ? formatText(value, spec)
          : typeof value === 'boolean'
            ? ['v', 't'].includes(spec.verb)
              ? String(value)
              : undefined
            : ['v', 's'].includes(spec.verb)
              ? show(value)
              : undefined;
  // As Go says it: the text shows what is wrong, and the rest is there.
  return text ?? `%!${spec.verb}(${typeName(value)}=${show(value)})`;
}

function pad(text: string, flags: string, width: number): string {
  const length = Array.from(text).length;
  if (length >= width) return text;
  const room = ' '.repeat(width - length);
  if (flags.includes('-')) return text + room;
  if (!flags.includes('0')) return room + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(width - length) + text.slice(sign.length);
}

/** Go's `Sprintf`. */
export function printf(format: string, values: readonly TemplateValue[]): string {
  let used = 0;
  const text = format.replace(
    VERB,
    (whole, flags = '', width = '', precision: string | undefined, verb = '') => {
      if (whole === '%') return '%!(NOVERB)';
      if (verb === '%') return '%';
      const value = values[used];
      used += 1;
      if (value === undefined) return `%!${String(verb)}(MISSING)`;
      const spec = {
        flags: String(flags),
        precision: precision === undefined ? undefined : Math.min(MOST, Number(precision)),
        verb: String(verb),
      };
      return pad(formatOne(value, spec), spec.flags, Math.min(MOST, Number(width)));
    },
  );
  const extra = values.slice(used).map((value) => `${typeName(value)}=${show(value)}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
}
