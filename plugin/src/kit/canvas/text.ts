import type { Pen } from './glyphs';

const MOST_REMEMBERED = 4000;
const widths = new Map<string, number>();

function widthOf(pen: Pen, text: string): number {
  const key = `${pen.font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = pen.measureText(text).width;
    if (widths.size >= MOST_REMEMBERED) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/** Longer than any tile shows: spares splitting and measuring of very long names. */
const MOST_CHARACTERS = 200;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What people take for characters: an emoji made of several is one. Of a very long text only both ends. */
function charactersOf(text: string): string[] {
  const half = MOST_CHARACTERS / 2;
  const short = text.length <= MOST_CHARACTERS ? text : text.slice(0, half) + text.slice(-half);
  return /^[\x00-\x7f]*$/.test(short)
    ? short.split('')
    : Array.from(graphemes.segment(short), (s) => s.segment);
}

/** The text, or as much of both its ends as fits into the width around an ellipsis: names of devices differ at their end. */
export function fitText(pen: Pen, text: string, width: number): string {
  if (text.length <= MOST_CHARACTERS && widthOf(pen, text) <= width) return text;
  const characters = charactersOf(text);
  const cut = (kept: number): string => {
    const tail = Math.ceil(kept / 2);
    const head = characters.slice(0, kept - tail).join('');
    return `${head.trimEnd()}…${tail === 0 ? '' : characters.slice(-tail).join('').trimStart()}`;
  };
  let low = 0;
  let high = characters.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(pen, cut(middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return low <= 0 ? '' : cut(low);
}

/** Width of the text in the pen's font. */
export function measure(pen: Pen, text: string): number {
  return widthOf(pen, text);
}

/** Places where a name may be broken: at a space, which goes, and behind a sign that joins words. */
const BREAKS = / |(?<=[-_./:])(?=\S)/g;

/** The text in one line, or broken where it makes two lines most even; each cut to the width, which may differ. */
export function wrapText(pen: Pen, text: string, widths: readonly [number, number]): readonly string[] {
  const [first, second] = widths;
  const short = text.slice(0, MOST_CHARACTERS);
  if (text.length <= MOST_CHARACTERS && widthOf(pen, text) <= first) return [text];
  let best = -1;
  for (const { index } of short.matchAll(BREAKS)) {
    if (index === 0) continue;
    const isNearer = Math.abs(index - text.length / 2) < Math.abs(best - text.length / 2);
    if (best < 0 || isNearer) best = index;
  }
  if (best < 0) return [fitText(pen, text, first)];
  return [fitText(pen, text.slice(0, best), first), fitText(pen, text.slice(best).trimStart(), second)];
}

/** The text, else its last part behind a space or a sign that joins words, else as much of it as fits into the width. */
export function shortName(pen: Pen, text: string, width: number): string {
  if (text.length <= MOST_CHARACTERS && widthOf(pen, text) <= width) return text;
  const end = text.slice(-MOST_CHARACTERS);
  const last = [...end.matchAll(BREAKS)].at(-1);
  const part = last === undefined ? '' : end.slice(last.index).trimStart();
  return part !== '' && widthOf(pen, part) <= width ? part : fitText(pen, text, width);
}
