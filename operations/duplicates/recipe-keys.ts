import { nearKeys } from '../../domain/duplicates/near-keys.ts';
import { recipeDigests, type Recipe } from '../../domain/duplicates/recipe.ts';

type Digest = (text: string) => string;

/** Digests under which a run is found: the recipe with the seed, the recipe, and what is near it. */
export interface RecipeKeys { readonly sameSeed: readonly string[]; readonly same: readonly string[]; readonly near: readonly string[] }

export function recipeKeys(recipe: Recipe, seed: string | null, digest: Digest): RecipeKeys {
  const same = recipeDigests(recipe, digest);
  return { same, sameSeed: same.map((own) => digest(`${own} ${JSON.stringify(seed)}`)), near: nearKeys(recipe, digest) };
}
