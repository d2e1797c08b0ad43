import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { useFocusBack } from './useFocusBack';

afterEach(cleanup);

interface Props {
  readonly isOpen: boolean;
  readonly tick: number;
}

function Page({ isOpen, tick }: Props) {
  const { box, remember } = useFocusBack(isOpen);
  return (
    <div ref={box} tabIndex={-1}>
      <button type="button" onClick={() => remember(undefined)}>
        Open
      </button>
      <input aria-label="other" />
      {isOpen && <input aria-label="dialog" />}
      <output>{tick}</output>
    </div>
  );
}

/** The frame after the next: what a page does in a frame is done then. */
const frames = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

describe('useFocusBack', () => {
  it('gives the keyboard back once, and not again with every tick', async () => {
    const { rerender } = render(<Page isOpen={false} tick={0} />);
    const button = screen.getByRole('button', { name: 'Open' });
    button.focus();
    button.click();
    rerender(<Page isOpen tick={0} />);
    screen.getByRole('textbox', { name: 'dialog' }).focus();
    rerender(<Page isOpen={false} tick={1} />);
    await waitFor(() => expect(button).toHaveFocus());
    // Somebody clicks where nothing is.
    button.blur();
    for (const tick of [2, 3]) {
      rerender(<Page isOpen={false} tick={tick} />);
      await frames();
      expect(document.body).toHaveFocus();
    }
  });
});
