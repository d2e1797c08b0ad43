/** A sample as JSON has it: what is no JSON number is a string. */
export interface JsonSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | 'NaN' | '+Inf' | '-Inf';
}

/** A value for JSON. */
export function jsonValue(value: number): JsonSample['value'] {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)",?/gy;

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\(.)/g, (_whole, character: string) => (character === 'n' ? '\n' : character));
}

/** Reads one sample line of the text format without a timestamp, as our own series stores write them. */
export function parseSampleLine(line: string): JsonSample {
  const open = line.indexOf('{');
  const labels: Record<string, string> = {};
  let end = line.indexOf(' ');
  if (open !== -1 && open < end) {
    LABEL.lastIndex = open + 1;
    let position = open + 1;
    for (let match = LABEL.exec(line); match !== null; match = LABEL.exec(line)) {
      const [, name = '', value = ''] = match;
      labels[name] = unescape(value);
      position = LABEL.lastIndex;
    }
    end = position + 1;
  }
  const text = line.slice(end).trim();
  const value = text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
  return { labels, value: jsonValue(value) };
}
