import { expect, it } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import { prepare, table } from '../data/frames.fixture';
import { PrintList } from './PrintList';

const printed = (count: number): (string | null)[] => {
  const device = Array.from({ length: count }, (_, index) => `${'x'.repeat(300)}-${index}`);
  render(<PrintList set={prepare([table({ device, status: device.map(() => 'online') })])} />);
  return screen.getAllByRole('listitem').map(({ textContent }) => textContent);
};

it('has every device with its whole name', () => {
  expect(printed(2)).toEqual([0, 1].map((index) => ` ${'x'.repeat(300)}-${index} online`));
});

it('says how many there is no paper for', () => {
  const lines = printed(2003);
  expect(lines).toHaveLength(2001);
  expect(lines.at(-1)).toBe('Not printed: 3 more. A filter makes them fewer.');
});
