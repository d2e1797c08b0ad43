import type { HistoryFilter } from '../../../domain/alerts/historyFilter';
import type { QueryChanges } from '../../../kit/useUrlQuery';
import { listChange, splitList, textChange } from '../../../kit/addressList';

/** The filter in the address; the tabs share the names. */
export function readHistoryFilter(query: URLSearchParams): HistoryFilter {
  return {
    text: query.get('q') ?? '',
    severities: splitList(query.get('severity')),
    name: query.get('name') ?? '',
    device: query.get('device') ?? '',
  };
}

/** What the filter changes in the address. */
export function writeHistoryFilter(filter: Partial<HistoryFilter>): QueryChanges {
  const { text, severities, name, device } = filter;
  return {
    ...textChange('q', text),
    ...listChange('severity', severities),
    ...textChange('name', name),
    ...textChange('device', device),
  };
}

/** True when the filter hides nothing. */
export function isOpenFilter({ text, severities, name, device }: HistoryFilter): boolean {
  return text === '' && severities.length === 0 && name === '' && device === '';
}
