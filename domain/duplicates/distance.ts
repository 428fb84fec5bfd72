import type { Digest } from '../experiments/fingerprint.ts';
import type { EnvironmentContent } from '../runs/environment.ts';
import { codeDifferences } from './code-distance.ts';
import { configDifferences, type Difference } from './config-distance.ts';
import type { DataSource, Recipe } from './recipe.ts';

/** Below it two recipes are near: the earlier result answers what the later asks. Chosen on the tuning half of labelled/pairs.json; see decision 158. */
export const NEAR = 0.1;

const DATA_UNKNOWN = 0.02;
const SAME_ROWS_OTHER_FORM = 0.05;
const OTHER_NAME = 0.02;
const FEW_ROWS = 0.05;
/** So large a share of the rows may come or go. */
const FEW_ROWS_SHARE = 0.001;
const OTHER_DATA = 1;

export interface Distance { readonly distance: number; readonly differences: readonly Difference[] }

/**
 * How far two recipes are apart: the sum of what each difference weighs, in [0, ∞), 0 for the same. Numbers weigh by relative change, texts by equality or edits, packages by the
 * level of the release, code by the functions that changed, data by rows and columns; what one side does not know weighs little. The seed is no part of it.
 */
export function distanceBetween(from: Recipe, to: Recipe, digest: Digest): Distance {
  const data = dataDifferences(from.data, to.data);
  const dataIsEqual = data.length === 0 && from.data.length > 0;
  const code = codeDifferences(from.code, to.code, digest);
  const isSameCode = code.length === 0 && isKnown(from.code) && isKnown(to.code);
  const [before, after] = isSameCode ? [withDefaultsOf(to, from), withDefaultsOf(from, to)] : [from, to];
  const differences = [...code, ...data, ...configDifferences(before, after, dataIsEqual), ...environmentDifferences(from.environment, to.environment)];
  return { distance: differences.reduce((sum, { weight }) => sum + weight, 0), differences };
}

const isKnown = ({ commit, files }: Recipe['code']): boolean => commit !== null || files !== null;

/** The same code has the same defaults. A command is asked about before its script could say them, and ten options that nobody gave would pass for ten differences. */
const withDefaultsOf = ({ defaults }: Recipe, recipe: Recipe): Recipe =>
  (recipe.defaults.size > 0 || defaults.size === 0 ? recipe : { ...recipe, defaults, config: new Map([...defaults, ...recipe.config]) });

function dataDifferences(from: readonly DataSource[], to: readonly DataSource[]): Difference[] {
  if (from.length === 0 && to.length === 0) return [];
  if (from.length === 0 || to.length === 0) return [{ kind: 'DATA', name: 'data', from: from[0]?.name ?? null, to: to[0]?.name ?? null, weight: DATA_UNKNOWN }];
  const roles = new Set([...from, ...to].map(({ role }) => role ?? ''));
  return [...roles].flatMap((role) => roleDifferences(role, from.filter((set) => (set.role ?? '') === role), to.filter((set) => (set.role ?? '') === role)));
}

const isSame = (a: DataSource, b: DataSource): boolean => (a.meaning !== null && b.meaning !== null ? a.meaning === b.meaning : a.digest === b.digest);

function roleDifferences(role: string, from: readonly DataSource[], to: readonly DataSource[]): Difference[] {
  const left = from.filter((set) => !to.some((other) => isSame(set, other)));
  const right = to.filter((set) => !from.some((other) => isSame(set, other)));
  const renamed = from.flatMap((set) => to.filter((other) => isSame(set, other) && (set.meaning === null || other.meaning === null) && other.name !== set.name).slice(0, 1).map((other): Difference => ({ kind: 'DATA', name: role || 'data', from: set.name, to: other.name, weight: OTHER_NAME })));
  const pairs = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [left[index], right[index]] as const);
  return [...renamed, ...pairs.map(([a, b]): Difference => ({ kind: 'DATA', name: role ? `${(a ?? b)?.name ?? ''} (${role})` : (a ?? b)?.name ?? '', from: a?.digest.slice(0, 12) ?? null, to: b?.digest.slice(0, 12) ?? null, weight: dataWeight(a, b) }))];
}

function dataWeight(a: DataSource | undefined, b: DataSource | undefined): number {
  if (!a || !b || a.rows === null || b.rows === null || a.columns !== b.columns || a.name !== b.name) return OTHER_DATA;
  const unread = a.meaning === null || b.meaning === null;
  if (a.rows === b.rows) return unread && a.form !== b.form ? SAME_ROWS_OTHER_FORM : OTHER_DATA;
  return Math.abs(a.rows - b.rows) <= FEW_ROWS_SHARE * Math.max(a.rows, b.rows) ? FEW_ROWS : OTHER_DATA;
}

/** Their numbers are what training computes with. */
const FRAMEWORKS = /^(?:torch|torchvision|torchaudio|tensorflow|keras|jax|jaxlib|flax|optax|numpy|scipy|scikit-learn|xgboost|lightgbm|catboost|transformers|tokenizers|datasets|timm|accelerate|peft|trl|lightning|pytorch-lightning|stable-baselines3|gymnasium|mujoco|triton|statsmodels|nvidia-.+)$/;
const TOOLS = /^(?:pip|setuptools|wheel|pytest.*|black|ruff|flake8|mypy|isort|pre-commit|ipython|ipykernel|jupyter.*|notebook|tqdm|rich|loguru|lemma|wandb|mlflow.*)$/;
const LEVELS = { framework: { major: 0.5, minor: 0.12, patch: 0.02 }, tool: { major: 0.001, minor: 0.001, patch: 0.001 }, other: { major: 0.04, minor: 0.012, patch: 0.004 }, python: { major: 0.5, minor: 0.12, patch: 0.01 } } as const;
/** A month of other packages' releases together weighs no more than this. */
const MOST_OF_OTHERS = 0.07;

function environmentDifferences(from: EnvironmentContent | null, to: EnvironmentContent | null): Difference[] {
  // It often comes only with the model, at the end.
  if (from === null || to === null) return [];
  const names = [...new Set([...Object.keys(from.packages), ...Object.keys(to.packages)])].toSorted();
  const python = from.python === to.python || from.python === undefined || to.python === undefined ? [] : [environmentItem('python', from.python, to.python)];
  const items = [...python, ...names.filter((name) => from.packages[name] !== to.packages[name]).map((name) => environmentItem(name, from.packages[name] ?? null, to.packages[name] ?? null))];
  const others = items.filter(({ name }) => classOf(name) === 'other').reduce((sum, { weight }) => sum + weight, 0);
  const scale = others > MOST_OF_OTHERS ? MOST_OF_OTHERS / others : 1;
  return items.map((item) => (classOf(item.name) === 'other' ? { ...item, weight: item.weight * scale } : item)).toSorted((a, b) => b.weight - a.weight);
}

function classOf(name: string): keyof typeof LEVELS {
  if (name === 'python') return 'python';
  if (FRAMEWORKS.test(name)) return 'framework';
  return TOOLS.test(name) ? 'tool' : 'other';
}

const environmentItem = (name: string, from: string | null, to: string | null): Difference => ({ kind: 'ENVIRONMENT', name, from, to, weight: LEVELS[classOf(name)][from === null || to === null ? 'minor' : level(from, to)] });

/** Which part of a version changed; a local part ("+cu121") is no more than a patch. */
function level(from: string, to: string): 'major' | 'minor' | 'patch' {
  const [a, b] = [from, to].map((version) => version.split('+')[0]?.split('.') ?? []);
  if (a?.[0] !== b?.[0]) return 'major';
  return a?.[1] === b?.[1] ? 'patch' : 'minor';
}
