import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cruise, isSource, PlantedHouse, trackedFiles } from './tree.ts';

const walls = createRequire(import.meta.url)(resolve('.dependency-cruiser.cjs')) as { readonly forbidden: readonly { readonly name: string }[] };

test('every source file git knows was looked at, in every folder there is, and none crosses a wall', () => {
  const sources = trackedFiles().filter(isSource).filter((file) => !file.endsWith('.d.ts'));
  const names = [...new Set(sources.map((file) => file.split('/')[0] ?? file))];
  const { violations, files } = cruise('.', names);
  expect(sources.filter((file) => !files.has(file))).toEqual([]);
  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});

/** One crossing for each wall: the file that leans, and what it leans on. */
const PLANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'domain-leans-on-nothing': { 'domain/probes/clock.ts': "export { performance } from 'node:perf_hooks';\n" },
  'contracts-are-only-shapes': { 'contracts/probe.ts': "export { readFileSync } from 'node:fs';\n" },
  'operations-know-ports-not-adapters': { 'operations/probes/save.ts': "export { probe } from '../../adapters/probe/probe.ts';\n", 'adapters/probe/probe.ts': 'export const probe = 1;\n' },
  'adapters-see-only-the-ports': { 'adapters/probe/act.ts': "export { act } from '../../operations/probes/act.ts';\n", 'operations/probes/act.ts': 'export const act = 1;\n' },
  'adapters-do-not-know-the-doors': { 'adapters/probe/door.ts': "export { door } from '../../server/door.ts';\n", 'server/door.ts': 'export const door = 1;\n' },
  'adapters-do-not-know-each-other': { 'adapters/one/one.ts': "export { two } from '../two/two.ts';\n", 'adapters/two/two.ts': 'export const two = 2;\n' },
  'doors-do-not-know-each-other': { 'workers/probe.ts': "export { side } from '../server/side.ts';\n", 'server/side.ts': 'export const side = 1;\n' },
  'only-main-picks-adapters': { 'server/probe/pick.ts': "export { store } from '../../adapters/postgres/store.ts';\n", 'adapters/postgres/store.ts': 'export const store = 1;\n' },
  'workers-do-not-use-the-graphql-reader': { 'workers/main.ts': "export { reader } from '../adapters/postgres/reader.ts';\n", 'adapters/postgres/reader.ts': 'export const reader = 1;\n' },
  'browser-never-reaches-the-server': { 'app/probe.tsx': "export { shape } from '../contracts/shape.ts';\n", 'contracts/shape.ts': "export { far } from '../operations/probes/far.ts';\n", 'operations/probes/far.ts': 'export const far = 1;\n' },
  'internal-stays-inside': { 'domain/outside/probe.ts': "export { secret } from '../probes/internal/secret.ts';\n", 'domain/probes/internal/secret.ts': 'export const secret = 1;\n' },
  'nothing-leans-on-scripts': { 'server/launches.ts': "export { start } from '../scripts/start.ts';\n", 'scripts/start.ts': 'export const start = 1;\n' },
  'the-launcher-only-migrates': { 'scripts/acts.ts': "export { act } from '../operations/probes/act.ts';\n", 'operations/probes/act.ts': 'export const act = 1;\n' },
  'examples-stand-outside': { 'examples/inside.ts': "export { act } from '../operations/probes/act.ts';\n", 'operations/probes/act.ts': 'export const act = 1;\n' },
  'tests-are-not-imported': { 'server/tested.ts': "export { fake } from '../test/fakes/fake.ts';\n", 'test/fakes/fake.ts': 'export const fake = 1;\n' },
  'no-cycles': { 'domain/probes/hen.ts': "export { egg } from './egg.ts';\nexport const hen = 1;\n", 'domain/probes/egg.ts': "export { hen } from './hen.ts';\nexport const egg = 1;\n" },
  'imports-resolve': { 'domain/probes/lost.ts': "export { lost } from './nowhere.ts';\n" },
};

test('every wall has a plant, and no plant is for a wall that is gone', () => {
  expect(Object.keys(PLANTS).toSorted()).toEqual(walls.forbidden.map((rule) => rule.name).toSorted());
});

test('every wall is real: what is planted against it is caught, at the planted file', () => {
  using house = new PlantedHouse(Object.assign({}, ...Object.values(PLANTS)) as Record<string, string>);
  const { violations } = cruise(house.folder, ['domain', 'contracts', 'operations', 'adapters', 'server', 'workers', 'app', 'scripts', 'examples', 'test']);
  const caught = Object.entries(PLANTS).filter(([name, files]) => violations.some(({ rule, from }) => rule.name === name && from in files)).map(([name]) => name);
  expect(caught).toEqual(Object.keys(PLANTS));
});

test('a type counts as much as a value: a domain file cannot lean on an adapter’s type', () => {
  using house = new PlantedHouse({
    'domain/probes/typed.ts': "import type { Row } from '../../adapters/probe/row.ts';\nexport const first = (row: Row): string => row.id;\n",
    'adapters/probe/row.ts': 'export interface Row { readonly id: string }\n',
  });
  expect(cruise(house.folder, ['domain', 'adapters']).violations.map(({ rule }) => rule.name)).toContain('domain-leans-on-nothing');
});
