import { describe, expect, it } from '@jest/globals';
import { unitOfTexts } from './valueUnit';

describe('unitOfTexts', () => {
  it.each([
    ['It is {{ $value | humanizePercentage }} now.', { kind: 'share' }],
    ['not heard of for {{ $value | humanizeDuration }}.', { kind: 'seconds' }],
    ['{{ $value | humanize1024 }}B are left', { kind: 'bytes' }],
    ['It is {{ printf "%.1f" $value }}% now.', { kind: 'suffix', suffix: '%' }],
    ['{{ printf "%.1f" $value }} days are left', { kind: 'suffix', suffix: 'd' }],
    ['It is {{ $value | humanize }} points per second.', { kind: 'suffix', suffix: 'points/s' }],
    ['burns {{ printf "%.0f" $value }} times too fast', { kind: 'suffix', suffix: '×' }],
    ['{{ $value }} are active', undefined],
    ['{{ $labels.value }} days', undefined],
    ['nothing of it', undefined],
  ])('%s', (description, expected) => {
    expect(unitOfTexts({ summary: 'Short', description })).toEqual(expected);
  });
});
