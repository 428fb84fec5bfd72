import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findNatsServer, NatsMissing } from './nats.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'lemma-find-nats-')); });
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function program(...place: readonly string[]): string {
  const path = join(folder, ...place, 'nats-server');
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

test('the one that is named goes before the path, the path before the usual folders, and these before what an earlier start kept', () => {
  const cache = join(folder, 'cache');
  const kept = program('cache', 'nats-server', 'usr', 'sbin');
  expect(findNatsServer(cache, {}, [])).toBe(kept);
  const usual = program('usual');
  expect(findNatsServer(cache, { PATH: '' }, [join(folder, 'usual')])).toBe(usual);
  const onPath = program('path');
  expect(findNatsServer(cache, { PATH: ['/nowhere', join(folder, 'path')].join(delimiter), LEMMA_NATS_SERVER: '' }, [join(folder, 'usual')])).toBe(onPath);
  const named = program('named');
  expect(findNatsServer(cache, { PATH: join(folder, 'path'), LEMMA_NATS_SERVER: named }, [])).toBe(named);
});

test('where there is none, and no package manager to fetch one, the message says why, and names three ways to get one', () => {
  vi.stubEnv('PATH', join(folder, 'empty'));
  const find = () => findNatsServer(join(folder, 'cache'), { PATH: join(folder, 'empty') }, []);
  expect(find).toThrow(NatsMissing);
  expect(find).toThrow(/^No nats-server was found, and Debian's package could not be fetched \(there is no apt-get here\)\. Three ways to get one:\n +1\. install it: .*apt-get install nats-server.*\n +2\. .*LEMMA_NATS_SERVER;\n +3\. .*NATS_URL\.$/);
});

test('a package manager that fails is quoted', () => {
  writeFileSync(join(folder, 'apt-get'), '#!/bin/sh\necho "E: Unable to locate package nats-server" >&2\nexit 100\n', { mode: 0o755 });
  vi.stubEnv('PATH', folder);
  expect(() => findNatsServer(join(folder, 'cache'), { PATH: '' }, [])).toThrow(/could not be fetched \(.*E: Unable to locate package nats-server\)/);
});
