import { expect, it } from 'vitest';
import { isApple } from './kbd.tsx';

it('shows the command key on machines of Apple only', () => {
  expect(['MacIntel', 'iPhone', 'iPad', 'Win32', 'Linux x86_64', ''].map(isApple)).toEqual([true, true, true, false, false, false]);
});
