import { describe, expect, it } from '@jest/globals';
import { mergedPanelIds, presentPanelIds, recordedPanelIds } from '../generate/panel-ids.ts';

const recorded = { 'valtronics-a': { '1': 'Errors', '2': 'Rate' } };

describe('ids of panels', () => {
  it('are the recorded ones, and every dashboard that ever was is still there', () => {
    expect(mergedPanelIds(recordedPanelIds(), presentPanelIds())).toEqual(recordedPanelIds());
    expect(Object.keys(presentPanelIds()).sort()).toEqual(Object.keys(recordedPanelIds()).sort());
  });

  it('stay recorded when a panel goes, and new ones are added', () => {
    expect(mergedPanelIds(recorded, { 'valtronics-a': { '1': 'Errors', '3': 'Age' } })).toEqual({
      'valtronics-a': { '1': 'Errors', '2': 'Rate', '3': 'Age' },
    });
  });

  it('are never given to another panel', () => {
    expect(() => mergedPanelIds(recorded, { 'valtronics-a': { '2': 'Age' } })).toThrow(
      'id 2 was “Rate” and is “Age”',
    );
  });
});
