import { expect, test } from 'vitest';
import { artifactFilePath, artifactPath } from './artifact-path.ts';

test('[AR1] a path is kept as it is given, without what says nothing', () => {
  expect(artifactPath('a//b/./c')).toBe('a/b/c');
  expect(artifactPath('')).toBe('');
  for (const fine of ['100%.txt', 'a%zz', '50%25', '..a/b..', 'é/ü', '%ff', '..%zz']) expect(artifactPath(fine), fine).toBe(fine);
});

test.each(['..', 'a/../b', '/etc/passwd', 'c:/x', 'a\\b', 'a#b', 'a\nb', 'x'.repeat(1025), '%2e%2e/x', '%252e%252e/x', '%2e%2e/%zz', '%2e%2e%2f%ff', '%/%2e./x', 'a%00b', '%2fetc', '%25'.repeat(1) + '25'.repeat(20) + '2e'])(
  '[AR1] %s leaves its place, whatever it is encoded as', (bad) => { expect(() => artifactPath(bad)).toThrow(expect.objectContaining({ code: 'artifact/path' })); });

test('[AR1] a file is not its owner', () => { for (const bad of ['', '.', './']) expect(() => artifactFilePath(bad)).toThrow('Invalid path'); });
