import { badInput } from '../../domain/refusal.ts';
import { checkParam, checkTag } from '../mlflow/limits.ts';
import { MlflowProblem } from '../mlflow/problem.ts';

// Params and tags follow MLflow's rules at every door, so that its clients can read what came through another.

/** The value as it is kept; refuses a name that MLflow would not take with `run/param-name`. */
export const keptParam = (key: string, value: string): string => inWords('run/param-name', () => checkParam(key, value, 'params'));
/** The same for a tag: `run/tag-name`. */
export const keptTag = (key: string, value: string): string => inWords('run/tag-name', () => checkTag(key, value, 'tags'));

/** Params and tags of a request as they are kept. */
export const keptTables = ({ params, tags }: { readonly params: Readonly<Record<string, string>>; readonly tags: Readonly<Record<string, string>> }) => ({
  params: new Map(Object.entries(params).map(([key, value]) => [key, keptParam(key, value)])),
  tags: new Map(Object.entries(tags).map(([key, value]) => [key, keptTag(key, value)])),
});

function inWords(code: 'run/param-name' | 'run/tag-name', check: () => string): string {
  try {
    return check();
  } catch (error) {
    throw error instanceof MlflowProblem ? badInput(code, error.message) : error;
  }
}
