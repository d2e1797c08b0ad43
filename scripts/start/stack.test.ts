import { describe, expect, it } from '@jest/globals';
import { breakCommand } from './stack.ts';

describe('breakCommand', () => {
  it('can be typed as it stands, on any port', () => {
    expect(breakCommand(8000)).toBe('npm run simulator -- break --devices 5');
    expect(breakCommand(8055)).toBe('SIMULATOR_API_PORT=8055 npm run simulator -- break --devices 5');
  });
});
