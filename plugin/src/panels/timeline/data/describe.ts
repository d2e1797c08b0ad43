import type { DataFrame } from '@grafana/data';
import { describeRoles, type QueryRoles } from '../../../kit/frames/describe-roles';
import { rolesOf, shownName } from '../../../kit/frames/roles';
import type { TimelineOptions } from '../options/options';
import { splitAlerts } from './alerts';
import { momentsOf, roleOptions } from './read-sources';

function momentsIn(frame: DataFrame, options: TimelineOptions): QueryRoles['roles'] {
  const roles = rolesOf(frame, roleOptions(options));
  if (roles.kind === 'none') return [];
  const { time, end } =
    roles.kind === 'rows' ? momentsOf(frame, roles, options) : { time: roles.time, end: undefined };
  return [
    ...(time === undefined ? [] : [['time', shownName(time)] as const]),
    ...(end === undefined ? [] : [['end', shownName(end)] as const]),
  ];
}

/** What each query's fields are taken for, by its first frame; nothing where states over time are missing. */
export function describeTimeline(
  frames: readonly DataFrame[],
  options: TimelineOptions,
): readonly QueryRoles[] {
  const { alerts, others } = splitAlerts(frames);
  const states = describeRoles(others, roleOptions(options)).map(({ query, roles }): QueryRoles => {
    const frame = others.find(({ refId, fields }) => (refId ?? '') === query && fields.length > 0);
    const moments = frame === undefined ? [] : momentsIn(frame, options);
    const isTimed = moments.some(([role]) => role === 'time');
    const rest = roles.filter(([role]) => role !== 'since' && role !== 'seen');
    return { query, roles: isTimed && rest.some(([role]) => role === 'value') ? [...rest, ...moments] : [] };
  });
  const queries = [...new Set(alerts.map(({ refId }) => refId ?? ''))];
  return [...states, ...queries.map((query): QueryRoles => ({ query, roles: [['alerts', 'ALERTS']] }))];
}
