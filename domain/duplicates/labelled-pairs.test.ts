import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SEED_PARAMS } from '../runs/run-tags.ts';
import { distanceBetween, NEAR } from './distance.ts';
import { nearKeys } from './near-keys.ts';
import { recipeDigests, recipeOf, type DataSource, type Recipe } from './recipe.ts';

interface Base { readonly params: Record<string, string>; readonly code: { readonly functions?: Record<string, string>; readonly commit: string; readonly script: string }; readonly data: readonly (Partial<DataSource> & { readonly name: string; readonly role: string; readonly digest: string })[]; readonly python: string; readonly packages: Record<string, string> }
interface Patch {
  readonly order?: string;
  readonly params?: Record<string, string | null>;
  readonly defaults?: Record<string, string>;
  readonly code?: { readonly commit?: string; readonly dirty?: boolean };
  readonly functions?: Record<string, string | null>;
  readonly files?: Record<string, string>;
  readonly meanings?: boolean;
  readonly data?: Record<string, Partial<DataSource> | null>;
  readonly packages?: Record<string, string | null>;
  readonly python?: string;
}
interface Pair { readonly base: string; readonly kind: string; readonly label: 'EXACT' | 'NEAR' | 'DIFFERENT'; readonly held: boolean; readonly a: Patch; readonly b: Patch }

const { bases, pairs } = JSON.parse(readFileSync(new URL('labelled/pairs.json', import.meta.url), 'utf8')) as { readonly bases: Record<string, Base>; readonly pairs: readonly Pair[] };
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const patched = (values: Record<string, string>, patch: Record<string, string | null> = {}): Record<string, string> => Object.fromEntries(Object.entries({ ...values, ...patch }).filter((entry): entry is [string, string] => entry[1] !== null));

/** The base with the patch applied, as a client would have recorded it. */
function recipe(base: Base, patch: Patch): Recipe {
  const params = Object.entries(patched(base.params, patch.params));
  const { python = base.python } = patch;
  return recipeOf({
    code: { commit: base.code.commit, repository: null, dirty: false, diff: null, script: base.code.script, ...patch.code, files: patch.meanings === false ? null : filesOf(base, patch) },
    data: base.data.flatMap((set) => (patch.data?.[set.role] === null ? [] : [{ meaning: null, rows: null, columns: null, form: null, ...set, ...patch.data?.[set.role] }])),
    params: new Map(patch.order === 'reversed' ? params.toReversed() : params),
    defaults: new Map(Object.entries(patch.defaults ?? {})),
    environment: { python, packages: patched(base.packages, patch.packages) },
  }, SEED_PARAMS);
}

function filesOf(base: Base, patch: Patch): Recipe['code']['files'] {
  if (!base.code.functions) return null;
  const byPath = new Map<string, Record<string, string>>(Object.keys(patch.files ?? {}).map((path) => [path, {}]));
  for (const [name, meaning] of Object.entries(patched(base.code.functions, patch.functions))) {
    const [path = '', qualified = ''] = name.split('::');
    byPath.set(path, { ...byPath.get(path), [qualified]: meaning });
  }
  return [...byPath].map(([path, functions]) => ({ path, functions, meaning: digest(JSON.stringify([functions, patch.files?.[path] ?? null])) }));
}

const judged = pairs.map((pair) => {
  const base = bases[pair.base];
  if (!base) throw new Error(`there is no base ${pair.base}`);
  const [a, b] = [recipe(base, pair.a), recipe(base, pair.b)];
  const digests = new Set(recipeDigests(a, digest));
  const { distance, differences } = distanceBetween(a, b, digest);
  const keys = new Set(nearKeys(a, digest));
  return { ...pair, found: nearKeys(b, digest).some((key) => keys.has(key)), exact: recipeDigests(b, digest).some((own) => digests.has(own)), distance, words: `${pair.base}, ${pair.kind}: ${differences.map(({ name, weight }) => `${name} ${weight.toFixed(3)}`).join('; ')}` };
});

describe('278 labelled pairs of runs', () => {
  test('exact is right of every pair', () => {
    expect(judged.length).toBeGreaterThanOrEqual(200);
    expect(judged.filter(({ label, exact }) => exact !== (label === 'EXACT')).map(({ words, label }) => `${label} ${words}`)).toEqual([]);
  });

  test('what is exactly the same is at distance 0', () => expect(judged.filter(({ label, distance }) => label === 'EXACT' && distance !== 0).map(({ words }) => words)).toEqual([]));

  test('what is near is found by a key of the index', () => {
    const near = judged.filter(({ label, distance }) => label !== 'DIFFERENT' && distance < NEAR);
    expect(near.filter(({ found }) => !found).map(({ words }) => words)).toEqual([]);
  });

  test.each([['the half the weights were chosen on', false], ['the half that was held out', true]])('near has a precision of 95 %% and a recall of 90 %% on %s', (_half, held) => {
    const rest = judged.filter((pair) => pair.label !== 'EXACT' && pair.held === held);
    const said = rest.filter(({ distance }) => distance < NEAR);
    const right = said.filter(({ label }) => label === 'NEAR');
    const wrong = rest.filter(({ label, distance }) => (label === 'NEAR') !== distance < NEAR).map(({ words, label }) => `${label} ${words}`);
    expect(right.length / said.length, `precision; wrong:\n${wrong.join('\n')}`).toBeGreaterThanOrEqual(0.95);
    expect(right.length / rest.filter(({ label }) => label === 'NEAR').length, `recall; wrong:\n${wrong.join('\n')}`).toBeGreaterThanOrEqual(0.9);
  });
});
