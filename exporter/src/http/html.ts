import { escapeMarkup } from '../base/markup.ts';

/** HTML that may go into a page as it is. Made by `html` only. */
export class SafeHtml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = string | number | SafeHtml | readonly HtmlValue[];

/** Text for a page: safe, and control characters become U+FFFD. */
export function escapeHtml(text: string): string {
  return escapeMarkup(text).replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\u{FFFD}');
}

function render(value: HtmlValue): string {
  if (value instanceof SafeHtml) return value.text;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(render).join('');
}

/** Template tag: what is written in the source is markup, everything put in is escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  const pieces = strings.map((string, i) => {
    const value = values[i];
    return value === undefined ? string : string + render(value);
  });
  return new SafeHtml(pieces.join(''));
}
