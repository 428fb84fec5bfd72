import { describe, expect, test } from 'vitest';
import { commitLink } from './commit-link.ts';

const COMMIT = 'c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe';

describe('the link to a commit', () => {
  test.each([
    ['https://github.com/acme/vision.git', `https://github.com/acme/vision/commit/${COMMIT}`],
    ['https://github.com/acme/vision/', `https://github.com/acme/vision/commit/${COMMIT}`],
    ['git@github.com:acme/vision.git', `https://github.com/acme/vision/commit/${COMMIT}`],
    ['ssh://git@github.com/acme/vision.git', `https://github.com/acme/vision/commit/${COMMIT}`],
    ['ssh://git@gitlab.example.org:2222/lab/deep/vision.git', `https://gitlab.example.org/lab/deep/vision/-/commit/${COMMIT}`],
    ['git@gitlab.com:lab/vision.git', `https://gitlab.com/lab/vision/-/commit/${COMMIT}`],
    ['https://token:secret@gitlab.com/lab/vision.git', `https://gitlab.com/lab/vision/-/commit/${COMMIT}`],
  ])('is known for %s', (repository, link) => {
    expect(commitLink(repository, COMMIT)).toBe(link);
  });

  test.each([
    'https://bitbucket.org/acme/vision.git', '/srv/git/vision.git', '../vision', 'C:\\git\\vision', 'file:///srv/git/vision.git', 'https://github.com/acme', 'https://github.com/acme/vision/extra',
    'javascript:alert(1)//github.com/a/b', 'https://evil.example/github.com/a', 'https://github.com.evil.example@host/a/b', 'https://github.com/acme/<script>', 'git@github.com:../../etc', '', ' ',
  ])('is none for %j', (repository) => {
    expect(commitLink(repository, COMMIT)).toBeNull();
  });

  test('is none for a commit that is none', () => {
    expect(commitLink('https://github.com/acme/vision', 'main?x=1')).toBeNull();
    expect(commitLink('https://github.com/acme/vision', null)).toBeNull();
    expect(commitLink(null, COMMIT)).toBeNull();
  });
});
