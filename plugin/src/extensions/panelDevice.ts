import type { PluginExtensionPanelContext } from '@grafana/data';

/** More devices than this and no single page is meant: the fleet opens with a filter instead. */
export type PanelDevices =
  { readonly kind: 'none' } | { readonly kind: 'one'; readonly deviceId: string } | { readonly kind: 'many' };

const LABEL = 'device_id';
/** Rows that are looked at; the menu opens while somebody waits. */
const MOST_ROWS = 1000;
const MATCHER = /device_id\s*(=~?)\s*"((?:[^"\\]|\\.)*)"/g;

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

/** The devices that PromQL asks for by name, each as often as it does. A variable is not the name of a device. */
export function devicesInQuery(query: string): string[] {
  return [...query.matchAll(MATCHER)].flatMap(([, operator, value]) =>
    operator === '=' && value !== undefined && value !== '' && !value.includes('$')
      ? [value.replace(/\\(.)/g, '$1')]
      : [],
  );
}

/** Before data arrived the question tells: `device_id="X"` names a device, any other mention means several. */
function fromTargets(targets: PluginExtensionPanelContext['targets'], found: Found): void {
  for (const target of targets) {
    const text: unknown = 'expr' in target ? target.expr : undefined;
    if (typeof text !== 'string' || !text.includes(LABEL)) continue;
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
