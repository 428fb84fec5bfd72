import type { Viewer } from '../../domain/access/viewer.ts';
import { distanceBetween, NEAR } from '../../domain/duplicates/distance.ts';
import { byTelling, nearRecipe, sameRecipe, type EarlierRun, type Match } from '../../domain/duplicates/match.ts';
import { codeByMeaning, recipeOf, type Recipe, type RecipeSource } from '../../domain/duplicates/recipe.ts';
import { SEED_PARAMS } from '../../domain/runs/run-tags.ts';
import type { RecordedRun } from '../ports/duplicates.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { recipeKeys } from './recipe-keys.ts';

/** Of each kind no more are told. */
export const MOST_MATCHES = 5;
const PER_KEY = 40;
/** Candidates whose params are read. */
const MOST_CANDIDATES = 60;
/** Candidates whose functions are compared one by one. */
const MOST_BY_FUNCTION = 8;

export interface DuplicateQuestion {
  readonly source: RecipeSource;
  readonly seed: string | null;
  /** Key of the experiment it belongs to; null where not known. */
  readonly experiment: string | null;
  /** The run itself, if it is there already, and when it started: earlier ones are told. */
  readonly run: { readonly id: string; readonly at: Date } | null;
}

/** Each the most telling first, at most MOST_MATCHES. */
export interface Duplicates { readonly exact: readonly Match[]; readonly repeats: readonly Match[]; readonly near: readonly Match[] }

/** Runs that the viewer may see and that did what the question asks for, or nearly so. Reads an index and at most a few dozen runs, whatever there is. */
export async function findDuplicates({ store, secrets }: Pick<Ports, 'store' | 'secrets'>, viewer: Viewer, question: DuplicateQuestion): Promise<Duplicates> {
  const { digest } = secrets;
  const recipe = recipeOf(question.source, SEED_PARAMS);
  if (recipe.config.size === 0 && recipe.code.commit === null && recipe.code.files === null) return { exact: [], repeats: [], near: [] };
  const keys = recipeKeys(recipe, question.seed, digest);
  const scope = { before: question.run?.at ?? null, except: question.run?.id ?? null };
  return store.transaction(async (tx) => {
    const same = await tx.duplicates.byKeys(viewer, { ...scope, keys: [...keys.sameSeed, ...keys.same], perKey: MOST_MATCHES });
    const matches = same.map((run) => sameRecipe(run, question)).toSorted(byTelling);
    const candidates = (await tx.duplicates.byKeys(viewer, { ...scope, keys: keys.near, perKey: PER_KEY })).filter(({ id }) => !same.some((run) => run.id === id)).slice(0, MOST_CANDIDATES);
    const near = await nearest(tx, { recipe, candidates }, digest);
    return {
      exact: matches.filter(({ kind }) => kind === 'EXACT').slice(0, MOST_MATCHES),
      repeats: matches.filter(({ kind }) => kind === 'REPEAT').slice(0, MOST_MATCHES),
      near: closestOfEach(near.filter(({ run }) => !matches.some(({ kind, run: other }) => kind === 'EXACT' && other.experimentId === run.experimentId))).slice(0, MOST_MATCHES),
    };
  });
}

interface Compared { readonly recipe: Recipe; readonly candidates: readonly EarlierRun[] }

async function nearest(tx: Transaction, { recipe, candidates }: Compared, digest: (text: string) => string): Promise<Match[]> {
  const meaning = codeByMeaning(recipe.code, digest);
  const recorded = await tx.duplicates.recorded(candidates.map(({ id }) => id), { files: false });
  const looked = candidates.flatMap((run) => {
    const other = recipeFrom(recorded.get(run.id));
    if (!other) return [];
    const unread = meaning !== null && other.code.meaning !== undefined && other.code.meaning !== null && other.code.meaning !== meaning;
    // Where only the functions are still to be read, the rest says whether that is worth it.
    return [{ run, unread, ...distanceBetween(unread ? { ...other, code: recipe.code } : other, recipe, digest) }];
  }).filter(({ distance }) => distance < NEAR).toSorted((a, b) => a.distance - b.distance);
  const settled = looked.filter(({ unread }) => !unread).flatMap((each) => nearRecipe(each.run, each) ?? []);
  return [...settled, ...(await nearestByFunction(tx, { recipe, candidates: looked.filter(({ unread }) => unread).map(({ run }) => run).slice(0, MOST_BY_FUNCTION) }, digest))];
}

async function nearestByFunction(tx: Transaction, { recipe, candidates }: Compared, digest: (text: string) => string): Promise<Match[]> {
  if (candidates.length === 0) return [];
  const recorded = await tx.duplicates.recorded(candidates.map(({ id }) => id), { files: true });
  return candidates.flatMap((run) => {
    const other = recipeFrom(recorded.get(run.id));
    return other ? nearRecipe(run, distanceBetween(other, recipe, digest)) ?? [] : [];
  });
}

const recipeFrom = (run: RecordedRun | undefined): Recipe | undefined => run && recipeOf(run.source, SEED_PARAMS);

/** Of an experiment the closest run speaks for the others. */
function closestOfEach(matches: readonly Match[]): Match[] {
  const byExperiment = new Map<string, Match>();
  for (const match of matches.toSorted((a, b) => a.distance - b.distance)) if (!byExperiment.has(match.run.experimentId)) byExperiment.set(match.run.experimentId, match);
  return [...byExperiment.values()].toSorted(byTelling);
}
