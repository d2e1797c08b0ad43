import '../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { DelayedInput } from './DelayedInput';

const changes: string[] = [];
const onChange = (value: string): void => void changes.push(value);

function field(value: string) {
  return (
    <DelayedInput
      {...{ label: 'Find', placeholder: 'Find…', icon: 'search', width: 20, value, onChange }}
      meaning={(text) => text.trim()}
    />
  );
}

const box = () => screen.getByRole('searchbox', { name: 'Find' });
const type = (value: string) => fireEvent.change(box(), { target: { value } });
const wait = () => act(() => jest.advanceTimersByTime(400));

beforeEach(() => {
  changes.length = 0;
  jest.useFakeTimers();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

describe('a field that waits for the end of typing', () => {
  it('hands out one value for many letters, at once on Enter', () => {
    render(field(''));
    type('a');
    type('ab ');
    expect(changes).toEqual([]);
    wait();
    expect(changes).toEqual(['ab']);
    type('abc');
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(changes).toEqual(['ab', 'abc']);
  });

  it('keeps what is typed while an earlier value comes back', () => {
    const { rerender } = render(field(''));
    type('4 ');
    wait();
    type('4 b');
    rerender(field('4'));
    expect(box()).toHaveValue('4 b');
    wait();
    expect(changes).toEqual(['4', '4 b']);
  });

  it('shows another value from outside', () => {
    const { rerender } = render(field(''));
    type('x');
    wait();
    rerender(field('x'));
    rerender(field(''));
    expect(box()).toHaveValue('');
    wait();
    expect(changes).toEqual(['x']);
  });
});
