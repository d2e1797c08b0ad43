import { expect, it } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import { at, prepare, table } from '../data/frames.fixture';
import { PrintRows } from './PrintRows';

it('says how many rows there is no paper for', () => {
  const device = Array.from({ length: 1002 }, (_, index) => `${'x'.repeat(300)}-${index}`);
  const time = device.map(() => at(1));
  render(<PrintRows set={prepare([table({ time, device, state: device.map(() => 'online') })])} />);
  const lines = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(lines).toHaveLength(1001);
  expect(lines[0]).toContain(`${'x'.repeat(300)}-`);
  expect(lines.at(-1)).toBe('Not printed: 2 more. A filter makes them fewer.');
});
