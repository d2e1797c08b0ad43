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

/** The text, or as much of it as fits into the width with an ellipsis; cut between characters, not inside one. */
export function fitText(pen: Pen, text: string, width: number): string {
  if (widthOf(pen, text) <= width) return text;
  // Longer than any tile shows: spares splitting and measuring of very long names.
  const characters = Array.from(text.slice(0, 200));
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(pen, `${characters.slice(0, middle).join('')}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${characters.slice(0, low).join('')}…`;
}

/** Width of the text in the pen's font. */
export function measure(pen: Pen, text: string): number {
  return widthOf(pen, text);
}

/** The text in one line, or broken at the space that makes two lines most even; each cut to the width. */
export function wrapText(pen: Pen, text: string, width: number): readonly string[] {
  if (widthOf(pen, text) <= width) return [text];
  const middle = text.length / 2;
  let best = -1;
  for (let at = text.indexOf(' '); at >= 0 && at < 200; at = text.indexOf(' ', at + 1)) {
    if (best < 0 || Math.abs(at - middle) < Math.abs(best - middle)) best = at;
  }
  if (best <= 0) return [fitText(pen, text, width)];
  return [fitText(pen, text.slice(0, best), width), fitText(pen, text.slice(best + 1), width)];
}
