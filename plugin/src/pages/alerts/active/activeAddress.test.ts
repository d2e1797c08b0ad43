import { describe, expect, it } from '@jest/globals';
import { changedQuery } from '../../../kit/useUrlQuery';
import { readHistoryFilter, writeHistoryFilter } from '../history/historyAddress';
import { readActiveView, toggledGroup, writeActiveFilter } from './activeAddress';

describe('the address of the list', () => {
  it.each([
    ['no service', { services: [''] }],
    ['a service and none', { services: ['api', ''] }],
    ['no severity', { severities: [''] }],
    ['a text with a comma', { services: ['a,b', 'c\\d'] }],
  ])('keeps %s', (_, filter) => {
    const query = new URLSearchParams(changedQuery('', writeActiveFilter(filter)));
    expect(readActiveView(query).filter).toMatchObject(filter);
  });

  it('keeps the group of what is without the label closed', () => {
    const query = new URLSearchParams(changedQuery('', toggledGroup(new Set(), '')));
    expect(readActiveView(query).closed).toEqual(new Set(['']));
    const both = new URLSearchParams(changedQuery('', toggledGroup(new Set(['']), '=api')));
    expect(readActiveView(both).closed).toEqual(new Set(['', '=api']));
  });

  it('means the same on the tab of the history', () => {
    const query = new URLSearchParams(changedQuery('', writeHistoryFilter({ severities: [''] })));
    expect(readHistoryFilter(query).severities).toEqual(['']);
    expect(readActiveView(query).filter.severities).toEqual(['']);
  });
});
