import { describe, expect, test } from 'vitest';
import { commitLink, compareLink } from './commit-link.ts';

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

describe('the link to what changed between two commits', () => {
  const OTHER = 'beef00dbeef00dbeef00dbeef00dbeef00dbeef0';
  const at = (repository: string | null, commit: string | null = OTHER) => ({ repository, commit });
  test.each([
    ['https://github.com/acme/vision.git', 'git@github.com:Acme/vision.git', `https://github.com/Acme/vision/compare/${COMMIT}...${OTHER}`],
    ['git@gitlab.com:lab/deep/vision.git', 'https://gitlab.com/lab/deep/vision', `https://gitlab.com/lab/deep/vision/-/compare/${COMMIT}...${OTHER}`],
  ])('is known from %s to %s', (from, to, link) => {
    expect(compareLink(at(from, COMMIT), at(to))).toBe(link);
  });

  test.each([
    ['other repositories', at('https://github.com/acme/vision', COMMIT), at('https://github.com/acme/speech')],
    ['the same commit', at('https://github.com/acme/vision', COMMIT), at('https://github.com/acme/vision', COMMIT)],
    ['no commit', at('https://github.com/acme/vision', COMMIT), at('https://github.com/acme/vision', null)],
    ['a folder', at('/srv/git/vision.git', COMMIT), at('/srv/git/vision.git')],
    ['what is no commit', at('https://github.com/acme/vision', COMMIT), at('https://github.com/acme/vision', 'main#<script>')],
  ])('is none for %s', (_, from, to) => {
    expect(compareLink(from, to)).toBeNull();
  });
});
