import { speak } from '../../test-support/renderApp';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PartBoundary } from './PartBoundary';

let broken = true;

function Part() {
  if (broken) throw new Error('no luck');
  return <p>works</p>;
}

beforeEach(async () => {
  broken = true;
  await speak('en-US');
  // React reports what a boundary caught; here it is meant to.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

describe('PartBoundary', () => {
  it('keeps the error in the part', () => {
    render(
      <>
        <p>neighbour</p>
        <PartBoundary name="<b>Charts</b>">
          <Part />
        </PartBoundary>
      </>,
    );
    expect(screen.getByText('neighbour')).toBeVisible();
    expect(screen.getByText('<b>Charts</b>: this part failed')).toBeVisible();
    expect(screen.getByText('no luck')).toBeVisible();
  });

  it('tries again on demand', async () => {
    render(
      <PartBoundary name="Charts">
        <Part />
      </PartBoundary>,
    );
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('works')).toBeVisible();
  });
});
