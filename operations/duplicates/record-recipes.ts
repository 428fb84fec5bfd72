import { codeByMeaning, recipeOf } from '../../domain/duplicates/recipe.ts';
import { SEED_PARAMS } from '../../domain/runs/run-tags.ts';
import type { RunBehind, StoredRecipe } from '../ports/duplicates.ts';
import type { Ports } from '../ports/ports.ts';
import { recipeKeys } from './recipe-keys.ts';

const AT_ONCE = 200;

/** Stores under which digests the runs of an experiment are found as duplicates, where they changed since. Safe to repeat and to run twice at once. Answers for how many. */
export async function recordRecipes({ store, secrets }: Pick<Ports, 'store' | 'secrets'>, experimentId: string): Promise<number> {
  for (let done = 0; ;) {
    const count = await store.transaction(async (tx) => {
      const runs = await tx.duplicates.behind(experimentId, AT_ONCE);
      await tx.duplicates.save(runs.map((run) => storedRecipe(run, secrets.digest)));
      return runs.length;
    });
    done += count;
    if (count < AT_ONCE) return done;
  }
}

function storedRecipe({ runId, seed, source, seen, at }: RunBehind, digest: (text: string) => string): StoredRecipe {
  const recipe = recipeOf(source, SEED_PARAMS);
  const { sameSeed, same, near } = recipeKeys(recipe, seed, digest);
  return { runId, seen, at, digest: same[0] ?? null, codeMeaning: codeByMeaning(recipe.code, digest), keys: [...sameSeed, ...same, ...near] };
}
