import { expect, test } from 'vitest';
import { isOwnFile, isSafeLink, linkFrom } from './safe-address.ts';

test('pictures come from here only', () => {
  expect(isOwnFile('/api/v1/notes/a/files/b')).toBe(true);
  for (const hostile of ['https://spy.example/x.png', '//spy.example/x.png', '/\\spy.example', 'data:image/svg+xml,<svg onload=alert(1)>', 'javascript:alert(1)', '', null, 7]) expect(isOwnFile(hostile)).toBe(false);
});

test('links lead to pages, never to scripts', () => {
  for (const good of ['https://example.org', 'http://example.org', 'mailto:a@example.org', '/e/VIS-1', '#part']) expect(isSafeLink(good)).toBe(true);
  for (const bad of ['javascript:alert(1)', ' javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'java\nscript:alert(1)', null]) expect(isSafeLink(bad)).toBe(false);
});

test('what is typed as a link becomes one', () => {
  expect(linkFrom('example.org/a?b')).toBe('https://example.org/a?b');
  expect(linkFrom('ada@example.org')).toBe('mailto:ada@example.org');
  expect(linkFrom('/e/VIS-1')).toBe('/e/VIS-1');
  for (const bad of ['', 'two words', 'word', 'javascript:alert(1)']) expect(linkFrom(bad)).toBeNull();
});
