import { describe, expect, it } from 'vitest';
import { exclusionReason, runName, runNote } from './run-texts.ts';

describe('what people write on runs', () => {
  it('is trimmed and kept', () => {
    expect(runName('  a run ')).toBe('a run');
    expect(runNote('# Note\n\n')).toBe('# Note');
    expect(runNote('  ')).toBe('');
    expect(exclusionReason(' the GPU failed ')).toBe('the GPU failed');
  });

  it.each([
    ['run/name-empty', () => runName(' ')],
    ['run/name-too-long', () => runName('x'.repeat(501))],
    ['run/note-too-long', () => runNote('x'.repeat(100_001))],
    ['run/reason-empty', () => exclusionReason('\n')],
    ['run/reason-too-long', () => exclusionReason('x'.repeat(2_001))],
    ['run/text', () => runName('a\0b')],
  ])('is refused with %s', (code, write) => {
    expect(write).toThrow(expect.objectContaining({ code }));
  });
});
