import type { PluginExtensionPanelContext } from '@grafana/data';
import { promqlTokens, type PromqlToken } from '../domain/alerts/promqlTokens';

/** More devices than this and no single page is meant: the fleet opens with a filter instead. */
export type PanelDevices =
  { readonly kind: 'none' } | { readonly kind: 'one'; readonly deviceId: string } | { readonly kind: 'many' };

const LABEL = 'device_id';
/** Rows that are looked at; the menu opens while somebody waits. */
const MOST_ROWS = 1000;

interface Found {
  readonly ids: Set<string>;
  carries: boolean;
}

function fromData(data: PluginExtensionPanelContext['data'], found: Found): void {
  for (const { fields } of data?.series ?? []) {
    for (const { name, labels, values } of fields) {
      const label = labels?.[LABEL];
      if (label !== undefined) {
        found.carries = true;
        found.ids.add(label);
      }
      if (name !== LABEL) continue;
      found.carries = true;
      for (const value of values.slice(0, MOST_ROWS)) if (typeof value === 'string') found.ids.add(value);
    }
  }
}

const CONTROL: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What a text of PromQL stands for: quotes and escapes as in Go. */
function literal(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith('`')) return inner;
  return inner.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{3})|(.))/gi,
    (whole, x?: string, u?: string, long?: string, octal?: string, letter?: string) => {
      const code = octal === undefined ? parseInt(x ?? u ?? long ?? '', 16) : parseInt(octal, 8);
      if (letter !== undefined) return CONTROL[letter] ?? letter;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** The expression without what says nothing. */
function meaningful(query: string): PromqlToken[] {
  return promqlTokens(query).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
}

/** The devices that PromQL asks for by name, each as often as it does. A variable is not the name of a device. */
export function devicesInQuery(query: string): string[] {
  const tokens = meaningful(query);
  return tokens.flatMap(({ kind, text }, index) => {
    const [equals, value] = tokens.slice(index + 1, index + 3);
    if (kind !== 'name' || text !== LABEL || equals?.text !== '=' || value?.kind !== 'text') return [];
    const deviceId = literal(value.text);
    return deviceId === '' || deviceId.includes('$') ? [] : [deviceId];
  });
}

/** Before data arrived the question tells: `device_id="X"` names a device, any other mention means several. */
function fromTargets(targets: PluginExtensionPanelContext['targets'], found: Found): void {
  for (const target of targets) {
    const text: unknown = 'expr' in target ? target.expr : undefined;
    if (typeof text !== 'string' || !meaningful(text).some((token) => token.text === LABEL)) continue;
    found.carries = true;
    for (const deviceId of devicesInQuery(text)) found.ids.add(deviceId);
  }
}

/** Which devices the data or the queries of a panel are about. */
export function panelDevices({
  data,
  targets,
}: Pick<PluginExtensionPanelContext, 'data' | 'targets'>): PanelDevices {
  const found: Found = { ids: new Set(), carries: false };
  fromData(data, found);
  if (found.ids.size === 0) fromTargets(targets, found);
  if (!found.carries) return { kind: 'none' };
  const [first, second] = found.ids;
  return first !== undefined && second === undefined ? { kind: 'one', deviceId: first } : { kind: 'many' };
}
