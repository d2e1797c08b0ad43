import { type Labels, labelsFrom } from '@valtronics/promql';

const PAIR = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPE = /\\(.)/g;

/** A copy of the text that does not keep the large text alive that it was cut from. */
function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** The labels of an exposition line's head, e.g. of `up{job="x"}`; those of the target win, as when Prometheus scrapes. */
export function parseLineLabels(head: string, target: Readonly<Record<string, string>>): Labels {
  const pairs: [string, string][] = [];
  for (const [, name = '', value = ''] of head.matchAll(PAIR)) {
    const plain = value.replace(ESCAPE, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    pairs.push([name in target ? `exported_${name}` : detached(name), detached(plain)]);
  }
  return labelsFrom([...pairs, ...Object.entries(target)]);
}

/** A value as the exporter writes it. */
export function parseLineValue(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text);
}
