import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { trackedFiles } from './tree.ts';

const texts = trackedFiles()
  .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() && statSync(file).size < 5_000_000 && !/\.(png|jpg|jpeg|gif|ico|woff2?|gz|zst|csv)$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** Put together here, so that this file does not find itself. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'a path of the machine it was written on': new RegExp(['/wo' + 'rk/(main|shared)', '/tm' + 'p/team', '/ro' + 'ot/'].join('|')),
  'the address of a package registry': new RegExp(['registry\\.npm' + 'js\\.org', 'files\\.python' + 'hosted', 'pypi\\.' + 'org/simple', '"resolved": "ht' + 'tp'].join('|')),
  'a private key': new RegExp('-----BEGIN [A-Z ]*PRIVATE ' + 'KEY-----'),
  'a mark of a merge that was not finished': /^(<{7}|>{7}) /m,
};

test.each(Object.entries(FORBIDDEN))('no tracked file holds %s', (_what, pattern) => {
  expect(texts.filter(({ text }) => pattern.test(text)).map(({ file, text }) => `${file}: ${pattern.exec(text)?.[0]}`)).toEqual([]);
});

test('nothing generated is tracked, and the lock file belongs to package.json', () => {
  const files = trackedFiles();
  expect(files.filter((file) => /^(generated|node_modules|\.next|\.lemma|\.cache)\//.test(file))).toEqual([]);
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string> | undefined>;
  const locked = (JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Record<string, Record<string, string> | undefined>> }).packages[''] ?? {};
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) expect({ [kind]: locked[kind] }).toEqual({ [kind]: manifest[kind] });
});

test('every dependency is pinned to one version', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string> | undefined>;
  const versions = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.entries(manifest[kind] ?? {}));
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/.test(version))).toEqual([]);
});

test('the lock file names every optional package of every platform, or `npm ci` fails for everybody', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { readonly optionalDependencies?: Record<string, string>; readonly integrity?: string; readonly link?: boolean; readonly inBundle?: boolean } | undefined> };
  const missing = Object.entries(packages).flatMap(([path, entry]) => Object.keys(entry?.optionalDependencies ?? {}).filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`]).map((name) => `${path}: ${name}`));
  expect(missing).toEqual([]);
  expect(Object.entries(packages).filter(([path, entry]) => path !== '' && !entry?.link && !entry?.inBundle && !entry?.integrity).map(([path]) => path)).toEqual([]);
});
