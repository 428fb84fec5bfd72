import { describe, expect, it } from 'vitest';
import { leaveOutWords } from './left-out-words.ts';

const nobody = { people: [], projects: [], organizations: [], keys: [] };

describe('words that are left out', () => {
  it('are names and keys, as Lemma writes them into minutes', () => {
    const leaveOut = leaveOutWords({ people: ['Owner', 'Ben', 'Ada  Lovelace', 'Ada'], projects: ['Digits (small)'], organizations: ['ACME'], keys: ['DIG'] });
    expect(leaveOut('Present: Owner (14:43 to 14:45), Ben, Ada Lovelace, Ada.')).toBe('Present: somebody (14:43 to 14:45), somebody, somebody, somebody.');
    expect(leaveOut('Digits (small), ACME: DIG-1, DIG-12 and “DIG-3”')).toBe('a project, an organization: an experiment, an experiment and “an experiment”');
  });

  it('are whole words in their own letters, and nothing else is touched', () => {
    const leaveOut = leaveOutWords({ ...nobody, people: ['Will', 'Ben', 'Anne-Marie O’Neil (she)'], keys: ['DIG'] });
    expect(leaveOut('by Anne-Marie O’Neil (she)')).toBe('by somebody');
    const kept = 'It will bend Benford and Wille; DIG-x, XDIG-1, DIGITS';
    expect(leaveOut(kept)).toBe(kept);
  });

  it('are none where nothing is left out', () => {
    expect(leaveOutWords(nobody)('Ada wrote DIG-1')).toBe('Ada wrote DIG-1');
    expect(leaveOutWords({ ...nobody, people: [' '] })('Ada wrote')).toBe('Ada wrote');
  });
});
