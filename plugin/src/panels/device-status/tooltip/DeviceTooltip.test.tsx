import '@testing-library/jest-dom/jest-globals';
import { describe, expect, it, jest } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NOW, prepare, table } from '../data/frames.fixture';
import { DeviceTooltip } from './DeviceTooltip';

const links = ['One', 'Two'].map((title) => ({ title, href: `/${title}`, oneClick: false }));

function show(frame = table({ device: ['a'], status: ['ok'] })) {
  const [device] = prepare([frame]).devices;
  if (device === undefined) throw new Error('there is no device');
  const onClose = jest.fn();
  render(
    <DeviceTooltip
      device={device}
      tile={{ x: 0, y: 0, width: 10, height: 10 }}
      timeZone="utc"
      now={NOW}
      choice={{ links, actions: [] }}
      onAsk={() => undefined}
      onClose={onClose}
    />,
  );
  return onClose;
}

describe('a tooltip with links to choose from', () => {
  it('is closed by Escape', async () => {
    const onClose = show();
    expect(screen.getByRole('dialog')).toHaveTextContent(/One.*Two/);
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('is closed by a press outside and by none inside', async () => {
    const onClose = show();
    await userEvent.click(screen.getByText('ok'));
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.click(document.body);
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('is closed by its button', async () => {
    const onClose = show();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('has every other column, and calls no date a sign of life', () => {
    show(table({ device: ['a'], status: ['ok'], commissioned: ['2020-09-13'], load: [0.7] }));
    expect(screen.getByRole('dialog')).toHaveTextContent(/commissioned.*2020-09-13.*load.*0\.7/);
    expect(screen.getByRole('dialog')).not.toHaveTextContent(/Last seen/);
  });
});
