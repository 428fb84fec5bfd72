/** MLflow's own tags, and what they mean. Source: mlflow/utils/mlflow_tags.py. */
export const TAG = {
  runName: 'mlflow.runName',
  user: 'mlflow.user',
  note: 'mlflow.note.content',
  parentRunId: 'mlflow.parentRunId',
  sourceName: 'mlflow.source.name',
  gitCommit: 'mlflow.source.git.commit',
  gitBranch: 'mlflow.source.git.branch',
  gitRepository: 'mlflow.source.git.repoURL',
  gitDirty: 'mlflow.source.git.dirty',
  loggedModels: 'mlflow.log-model.history',
  datasetContext: 'mlflow.data.context',
  /** The id of the run that this one does again: ours. */
  reproduces: 'lemma.reproduces',
} as const;

/** The parts of a run that MLflow carries in tags. */
export interface RunFacts {
  readonly userName?: string;
  readonly parentRunId?: string | null;
  readonly sourceName?: string | null;
  readonly codeCommit?: string | null;
  readonly codeBranch?: string | null;
  readonly codeRepository?: string | null;
  readonly codeDirty?: boolean;
}

const RUN_ID = /^[0-9a-f]{32}$/;

const READERS: ReadonlyMap<string, (value: string) => RunFacts> = new Map(Object.entries<(value: string) => RunFacts>({
  [TAG.user]: (value) => ({ userName: value }),
  [TAG.parentRunId]: (value) => ({ parentRunId: RUN_ID.test(value) ? value : null }),
  [TAG.sourceName]: (value) => ({ sourceName: value }),
  [TAG.gitCommit]: (value) => ({ codeCommit: value === '' ? null : value }),
  [TAG.gitBranch]: (value) => ({ codeBranch: value === '' ? null : value }),
  [TAG.gitRepository]: (value) => ({ codeRepository: withoutCredentials(value) || null }),
  [TAG.gitDirty]: (value) => ({ codeDirty: value.toLowerCase() === 'true' }),
}));

/** Remotes are often cloned as https://user:token@host/…; the secret is nobody's business. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^/@\s]+@/i, '$1');
}

/** What newly written tags say about the run; keys that say nothing are left out. */
export function factsFromTags(tags: ReadonlyMap<string, string>): RunFacts {
  let facts: RunFacts = {};
  for (const [key, value] of tags) facts = { ...facts, ...READERS.get(key)?.(value) };
  return facts;
}

/** What a deleted tag no longer says. */
export function factsWithoutTag(key: string): RunFacts {
  if (key === TAG.user) return { userName: '' };
  if (key === TAG.gitDirty) return { codeDirty: false };
  return READERS.get(key)?.('') ?? {};
}

/** Whether the analysis reads any of these: code, the script's name included, is one of the four things a fingerprint is made of. */
export const changesFingerprint = (facts: object): boolean => ['sourceName', 'codeCommit', 'codeRepository', 'codeDirty', 'codeDiff'].some((field) => field in facts);

/** Rule RN3: the seed is the param of one of these names, the first that is there. */
export const SEED_PARAMS = ['seed', 'random_seed', 'random_state'] as const;

/** The seed among the params; null when there is none. Python's "None" is no seed. */
export function seedFrom(params: ReadonlyMap<string, string>): string | null {
  for (const name of SEED_PARAMS) {
    const value = params.get(name);
    if (value !== undefined && value !== '' && value !== 'None') return value;
  }
  return null;
}
