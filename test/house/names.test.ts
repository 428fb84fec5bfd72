import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isSource, trackedFiles } from './tree.ts';

const files = trackedFiles();
const folders = [...new Set(files.flatMap((file) => file.split('/').slice(0, -1)))];
const roomsOf = (floor: string): string[] => (existsSync(floor) ? readdirSync(floor, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name) : []);
const glossary = readFileSync('docs/glossary.md', 'utf8').toLowerCase();
/** "share-links" is found as "share link", "analysis" as itself. */
const isInGlossary = (room: string): boolean => {
  const words = room.replace(/^_/, '').replaceAll('-', ' ');
  const singulars = [words, words.replace(/ies$/, 'y'), words.replace(/ses$/, 'sis'), words.replace(/es$/, ''), words.replace(/s$/, '')];
  return singulars.some((word) => new RegExp(`\\b${word}\\b`).test(glossary));
};

/** Rooms that are named for a moment or a page, not for a noun. */
const PLACES = new Set(['start', 'home', 'ports']);

test('nothing is called utils, helpers, lib, common or core', () => {
  expect(folders.filter((name) => ['utils', 'util', 'helpers', 'helper', 'lib', 'common', 'core', 'misc', 'shared'].includes(name))).toEqual([]);
});

test('there are no barrels, and files are in kebab-case', () => {
  const sources = files.filter(isSource).map((file) => file.split('/').at(-1) ?? file);
  expect(sources.filter((name) => name.startsWith('index.'))).toEqual([]);
  expect(sources.filter((name) => !/^[a-z0-9.][a-z0-9]*([-.][a-z0-9]+)*\.[a-z]+$/.test(name))).toEqual([]);
});

test('every noun of the domain is in the glossary', () => {
  expect(roomsOf('domain').filter((room) => !isInGlossary(room))).toEqual([]);
});

test('the same noun names the same room on every floor', () => {
  const rooms = ['operations', 'server/schema', 'app/_features'].flatMap((floor) => roomsOf(floor).filter((room) => !PLACES.has(room)).map((room) => `${floor}/${room}`));
  expect(rooms.filter((room) => !isInGlossary(room.split('/').at(-1) ?? room))).toEqual([]);
});
