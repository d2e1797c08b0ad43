import type { DataFrame } from '@grafana/data';
import { type RoleOptions, rolesOf, rolesOfLabels, shownName } from './roles';

export type RoleName = 'id' | 'name' | 'value' | 'group' | 'since' | 'seen' | 'time' | 'end' | 'alerts';

/** What a query's fields are taken for: none when no devices are found in it. */
export interface QueryRoles {
  readonly query: string;
  readonly roles: readonly (readonly [role: RoleName, name: string])[];
}

function rolesOfFrame(frame: DataFrame, options: RoleOptions): QueryRoles['roles'] {
  const found = rolesOf(frame, options);
  if (found.kind === 'none') return [];
  if (found.kind === 'rows') {
    const columns = (['id', 'name', 'value', 'group', 'since', 'seen'] as const).map(
      (role) => [role, found[role]] as const,
    );
    return columns.flatMap(([role, field]) =>
      field === undefined ? [] : [[role, shownName(field)] as const],
    );
  }
  const [value] = found.values;
  if (value === undefined) return [];
  const names = Object.keys(value.labels ?? {});
  const { id, name } = rolesOfLabels(names, options);
  const all: readonly (readonly [RoleName, string | undefined])[] = [
    ['id', id],
    ['name', name],
    ['value', value.name],
    ['group', names.includes(options.groupBy) ? options.groupBy : undefined],
  ];
  return all.flatMap(([role, text]) => (text === undefined ? [] : [[role, text] as const]));
}

/** What each query's fields are taken for, by its first frame. */
export function describeRoles(frames: readonly DataFrame[], options: RoleOptions): readonly QueryRoles[] {
  const queries = new Map<string, QueryRoles>();
  for (const frame of frames) {
    const query = frame.refId ?? '';
    if (frame.fields.length === 0 || queries.has(query)) continue;
    queries.set(query, { query, roles: rolesOfFrame(frame, options) });
  }
  return [...queries.values()];
}
