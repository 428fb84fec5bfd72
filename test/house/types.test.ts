import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { outputOf, PlantedHouse } from './tree.ts';

const check = (folder: string, ...how: readonly string[]): string => outputOf(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit', ...how, '--pretty', 'false', '--project', '.'], folder);

// What tsc found last time is kept, by the digests of the files: a second look reads what changed, a minute becomes seconds.
test('the tree has no type errors', () => {
  expect(check('.', '--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo').trim().split('\n').filter(Boolean)).toEqual([]);
});

test('the compiler is strict: a missing element, an absent property set to undefined and an enum are refused', () => {
  using house = new PlantedHouse({
    'probe/missing.ts': 'export const first = (all: readonly string[]): string => all[0];\n',
    'probe/absent.ts': 'interface Named { readonly name?: string }\nexport const nobody: Named = { name: undefined };\n',
    'probe/enum.ts': 'export enum Side { Left }\n',
  });
  const output = check(house.folder, '--incremental', 'false');
  for (const file of ['missing', 'absent', 'enum']) expect(output).toContain(`probe/${file}.ts`);
});
