import { ALERT_STATES } from '../../../domain/alerts/alert';
import { MatcherError, parseMatchers } from '../../../domain/alerts/matchers';
import type { AlertFilter } from '../../../domain/alerts/filter';
import type { QueryChanges } from '../../../kit/useUrlQuery';
import { joinList, listChange, readWords, splitList, textChange } from '../../../kit/addressList';
import { KIND_GROUP } from '../../../domain/alerts/group';

/** What alerts are grouped by when the address says nothing. */
const DEFAULT_GROUP = KIND_GROUP;
const NO_GROUP = 'none';

/** How the list is shown. */
export interface ActiveView {
  readonly filter: AlertFilter;
  /** The label that alerts are grouped by; empty: no groups. */
  readonly group: string;
  /** Keys of closed groups. */
  readonly closed: ReadonlySet<string>;
}

/** Matchers of the address; what is none lets everything through. */
function readMatchers(text: string | null): AlertFilter['matchers'] {
  try {
    return parseMatchers(text ?? '');
  } catch (error) {
    if (error instanceof MatcherError) return [];
    throw error;
  }
}

/** The view in the address. */
export function readActiveView(query: URLSearchParams): ActiveView {
  const group = query.get('group') ?? DEFAULT_GROUP;
  return {
    filter: {
      text: query.get('q') ?? '',
      severities: splitList(query.get('severity')),
      states: readWords(query, 'state', ALERT_STATES),
      device: query.get('device') ?? '',
      services: splitList(query.get('service')),
      receivers: splitList(query.get('receiver')),
      matchers: readMatchers(query.get('matchers')),
      muted: query.get('silenced') === 'show',
      acknowledged: query.get('acknowledged') !== 'hide',
    },
    group: group === NO_GROUP ? '' : group,
    closed: new Set(splitList(query.get('closed'))),
  };
}

/** What a change of the filter changes in the address. */
export function writeActiveFilter(change: Partial<AlertFilter>): QueryChanges {
  const { text, severities, states, device, services, receivers, matchers, muted, acknowledged } = change;
  return {
    ...textChange('q', text),
    ...listChange('severity', severities),
    ...listChange('state', states),
    ...textChange('device', device),
    ...listChange('service', services),
    ...listChange('receiver', receivers),
    ...(matchers === undefined ? {} : { matchers: null }),
    ...(muted === undefined ? {} : { silenced: muted ? 'show' : null }),
    ...(acknowledged === undefined ? {} : { acknowledged: acknowledged ? null : 'hide' }),
  };
}

/** What another grouping changes in the address: groups of before are none any more. */
export function writeGroup(label: string): QueryChanges {
  return { group: label === '' ? NO_GROUP : label === DEFAULT_GROUP ? null : label, closed: null };
}

/** What opening or closing a group changes in the address. */
export function toggledGroup(closed: ReadonlySet<string>, key: string): QueryChanges {
  const next = closed.has(key) ? [...closed].filter((one) => one !== key) : [...closed, key];
  return { closed: joinList(next) };
}

/** Everything of the filter that can be cleared; whether silenced ones are shown is a choice of its own. */
export const CLEARED: Partial<AlertFilter> = {
  text: '',
  severities: [],
  states: [],
  device: '',
  services: [],
  receivers: [],
  matchers: [],
  acknowledged: true,
};

/** True when the filter hides nothing but what is silenced. */
export function isCleared(filter: AlertFilter): boolean {
  const { text, severities, states, device, services, receivers, matchers, acknowledged } = filter;
  const lists = [severities, states, services, receivers, matchers];
  return text === '' && device === '' && acknowledged && lists.every(({ length }) => length === 0);
}
