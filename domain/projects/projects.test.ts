import { describe, expect, it } from 'vitest';
import { checkKey, keyFrom, keyStem, parseExperimentKey } from './key.ts';
import { checkSlug, slugFrom } from './slug.ts';

describe('a slug', () => {
  it.each(['vision', 'a', '3d', 'vision-team', 'v1.2', 'a_b', 'x'.repeat(60)])('may be %s', (slug) => { expect(checkSlug(slug)).toBe(slug); });
  it.each(['', 'Vision', 'a--b', '-a', 'a-', 'a/b', 'a b', 'ä', '..', 'x'.repeat(61)])('may not be "%s"', (slug) => { expect(() => checkSlug(slug)).toThrow(/slug/); });
  it.each([['Vision Team', 'vision-team'], ['Größe & Form', 'gro-e-form'], ['a__b', 'a-b'], ['--x--', 'x'], ['日本', null], ['', null], ['x'.repeat(100), 'x'.repeat(60)]])('made from "%s" is %s', (text, slug) => {
    expect(slugFrom(text)).toBe(slug);
    if (slug !== null) checkSlug(slug);
  });
});

describe('a key', () => {
  it.each([['vision', 'VIS'], ['ml-ops', 'MLO'], ['3d', 'P3D'], ['x', 'XX'], ['9', 'P9']])('made from %s is %s', (slug, key) => {
    expect(keyFrom(slug, new Set())).toBe(key);
    checkKey(key);
  });
  it('counts up past those in use, which all begin with its stem', () => {
    expect(keyFrom('vision', new Set(['VIS', 'VIS2']))).toBe('VIS3');
    expect(keyFrom('vision', new Set(['VIS'])).startsWith(keyStem('vision'))).toBe(true);
  });
  it.each(['V', 'vis', 'VI-S', '1AB', 'ABCDEFGHIJK'])('may not be %s', (key) => { expect(() => checkKey(key)).toThrow(/key/); });
});

describe('an experiment key', () => {
  it('names a project key and a number', () => { expect(parseExperimentKey('VIS-42')).toEqual({ key: 'VIS', number: 42 }); });
  it.each(['VIS', 'VIS-0', 'VIS-01', 'vis-1', 'VIS-1 ', 'VIS-9999999999', '-1', "VIS-1'--"])('is not "%s"', (text) => { expect(parseExperimentKey(text)).toBeNull(); });
});
