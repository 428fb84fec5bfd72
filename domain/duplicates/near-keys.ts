import type { Digest } from '../experiments/fingerprint.ts';
import type { Config } from './canonical-config.ts';
import { commonName, isBystander, isOff, namesSomething } from './key-words.ts';
import { codeByCommit, codeByMeaning, saysNothing, type Recipe } from './recipe.ts';

/**
 * Width of a step on the logarithmic grid that numbers are put on. Two numbers that are near (apart by less than half of it) share a step on one of two grids, the second
 * moved by half a step.
 */
const STEP = 0.05;
const PROSE = 40;

/**
 * Digests of which near recipes share at least one, so that candidates are found in an index: of the configuration without what no experiment is about, numbers made coarse on
 * either grid; of its values without their names (a key renamed); and without what is at its default. A run without any configuration is found by its code alone.
 */
export function nearKeys(recipe: Recipe, digest: Digest): readonly string[] {
  if (saysNothing(recipe)) return [];
  const core = coreOf(recipe.config);
  if (core.size === 0) return codeKeys(recipe, digest);
  const explicit = coreOf(new Map([...recipe.config].filter(([key, value]) => recipe.defaults.get(key) !== value)));
  const texts = [
    coarse(core, 0), coarse(core, 0.5), JSON.stringify(['values', [...core.values()].toSorted()]),
    ...(explicit.size === core.size || explicit.size === 0 ? [] : [coarse(explicit, 0), coarse(explicit, 0.5)]),
  ];
  return [...new Set(texts)].map((text) => digest(text));
}

const codeKeys = ({ code }: Recipe, digest: Digest): readonly string[] =>
  (code.commit === null && code.files === null ? [] : [codeByMeaning(code, digest), codeByCommit(code)].filter((text) => text !== null).map((text) => digest(`code ${text}`)));

const isPlace = (key: string): boolean => /(?:dir|path|root|folder|file)$/i.test(key);

function coreOf(config: Config): Config {
  return new Map([...config].filter(([key, value]) => !isBystander(key) && !isOff(value) && !isPlace(key) && !key.toLowerCase().endsWith('seed')));
}

function coarse(core: Config, shift: number): string {
  const items = [...core].map(([key, value]) => [commonName(key), coarseValue(key, value, shift)] as const);
  return JSON.stringify(items.map(([name, value]) => `${name}=${value}`).toSorted());
}

function coarseValue(key: string, value: string, shift: number): string {
  const number = Number(value);
  if (value !== '' && Number.isFinite(number) && !namesSomething(key)) return `${Math.sign(number)}e${Math.floor(Math.log(Math.abs(number)) / STEP + shift)}`;
  if (value.length >= PROSE) return 'prose';
  return (/^(?:\/|~|[A-Za-z]:\\|\w+:\/\/)/.test(value) ? value.split(/[/\\]/).at(-1) ?? '' : value).toLowerCase().replaceAll(/[\s_-]+/g, '');
}
