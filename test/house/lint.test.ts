import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint, PlantedHouse } from './tree.ts';

interface Rules { readonly [name: string]: unknown }
const config = JSON.parse(readFileSync('.oxlintrc.json', 'utf8')) as { readonly rules: Rules; readonly overrides: readonly { readonly files: readonly string[]; readonly rules: Rules }[] };

/** A file for each rule of the list that breaks it; a rule whose plugin is not listed is silently ignored by the linter. */
const PLANTS: Readonly<Record<string, string>> = {
  'import/no-cycle': "import { second } from './no-cycle-2.ts';\nexport const first = (): number => second();\n",
  'import/no-default-export': 'export default 1;\n',
  'typescript/no-explicit-any': 'export const loose = (value: any): string => String(value);\n',
  'typescript/no-non-null-assertion': 'export const sure = (value: string | null): string => value!;\n',
  'typescript/consistent-type-imports': "import { Shape } from './shape.ts';\nexport const take = (shape: Shape): Shape => shape;\n",
  'typescript/no-floating-promises': 'const work = async (): Promise<number> => 1;\nexport function forget(): void {\n  work();\n}\n',
  'typescript/switch-exhaustiveness-check': "export function name(side: 'left' | 'right'): string {\n  switch (side) {\n    case 'left': return 'l';\n  }\n  return '';\n}\n",
  'node/no-process-env': 'export const port = process.env.PORT;\n',
  'max-lines': `${Array.from({ length: 301 }, (_, line) => `export const line${line} = ${line};`).join('\n')}\n`,
  'max-params': 'export const sum = (a: number, b: number, c: number, d: number, e: number): number => a + b + c + d + e;\n',
  'max-depth': 'export function deep(a: boolean): number {\n  if (a) {\n    if (!a) {\n      while (a) {\n        if (a) return 1;\n      }\n    }\n  }\n  return 0;\n}\n',
  complexity: `export function busy(n: number): number {\n${Array.from({ length: 13 }, (_, i) => `  if (n === ${i}) return ${i + 1};`).join('\n')}\n  return 0;\n}\n`,
  'vitest/expect-expect': "import { test } from 'vitest';\ntest('claims nothing', () => {});\n",
  'vitest/valid-expect': "import { expect, test } from 'vitest';\ntest('says nothing', () => {\n  expect(1);\n});\n",
  'no-console': "console.log('hello');\nexport const said = true;\n",
};

const fileOf = (rule: string): string => `server/probes/${rule.split('/').at(-1)}${rule.startsWith('vitest/') ? '.test' : ''}.ts`;

const GLOBALS: Readonly<Record<string, string>> = {
  Date: 'new Date()', fetch: "fetch('/')", setTimeout: 'setTimeout(() => {}, 1)', setInterval: 'setInterval(() => {}, 1)', performance: 'performance.now()',
  globalThis: 'globalThis.name', crypto: 'crypto.subtle', process: 'process.pid', clearTimeout: 'clearTimeout(undefined)', queueMicrotask: 'queueMicrotask(() => {})',
  Intl: 'Intl.Collator', navigator: 'navigator.language', WebSocket: 'WebSocket.OPEN', XMLHttpRequest: 'XMLHttpRequest.DONE', console: 'console.info',
};
const PROPERTIES: Readonly<Record<string, string>> = { 'Math.random': 'Math.random()', 'crypto.randomUUID': 'crypto.randomUUID()' };

const expected = (name: string): readonly string[] => {
  const inRooms = config.overrides.find((override) => override.files.includes('domain/**'));
  const [, ...entries] = (inRooms?.rules[name] ?? []) as [string, ...(string | { readonly name?: string; readonly object?: string; readonly property?: string })[]];
  return entries.map((entry) => (typeof entry === 'string' ? entry : (entry.name ?? `${entry.object}.${entry.property}`))).toSorted();
};

test('every rule of the list, and every thing forbidden in the domain, has a plant', () => {
  expect(Object.keys(PLANTS).toSorted()).toEqual(Object.entries(config.rules).filter(([, level]) => level !== 'off').map(([name]) => name).toSorted());
  expect(Object.keys(GLOBALS).toSorted()).toEqual(expected('no-restricted-globals'));
  expect(Object.keys(PROPERTIES).toSorted()).toEqual(expected('no-restricted-properties'));
});

test('a rule is an error or absent', () => {
  const levels = [config.rules, ...config.overrides.map(({ rules }) => rules)].flatMap((rules) => Object.values(rules)).map((rule) => (Array.isArray(rule) ? (rule[0] as unknown) : rule));
  expect(levels.filter((level) => level !== 'error' && level !== 'off')).toEqual([]);
});

test('every rule bites', () => {
  using house = new PlantedHouse({
    ...Object.fromEntries(Object.entries(PLANTS).map(([rule, text]) => [fileOf(rule), text])),
    'server/probes/no-cycle-2.ts': "import { first } from './no-cycle.ts';\nexport const second = (): number => first();\n",
    'app/probes/endless-question.ts': "import { useQuery } from 'urql';\nexport const probe = useQuery;\n",
    'server/probes/shape.ts': 'export interface Shape { readonly side: number }\n',
    ...Object.fromEntries(['domain', 'operations'].flatMap((room) => [
      ...Object.entries(GLOBALS).map(([name, use]) => [`${room}/probes/global-${name}.ts`, `export const probe = (): unknown => ${use};\n`] as const),
      ...Object.entries(PROPERTIES).map(([name, use]) => [`${room}/probes/property-${name}.ts`, `export const probe = (): unknown => ${use};\n`] as const),
    ])),
  });
  const findings = lint(house.folder);
  const caughtIn = (file: string, rule: string) => findings.some(({ filename, code }) => filename === file && code.includes(`(${rule.split('/').at(-1)})`));
  expect(Object.keys(PLANTS).filter((rule) => !caughtIn(fileOf(rule), rule))).toEqual([]);
  expect(caughtIn('app/probes/endless-question.ts', 'no-restricted-imports')).toBe(true);
  for (const room of ['domain', 'operations']) {
    expect(Object.keys(GLOBALS).map((name) => `${room}/probes/global-${name}.ts`).filter((file) => !caughtIn(file, 'no-restricted-globals'))).toEqual([]);
    expect(Object.keys(PROPERTIES).map((name) => `${room}/probes/property-${name}.ts`).filter((file) => !caughtIn(file, 'no-restricted-properties'))).toEqual([]);
  }
});

test('the tree itself lints clean', () => {
  expect(lint('.').map(({ filename, code, message }) => `${filename}: ${code} ${message}`)).toEqual([]);
});
