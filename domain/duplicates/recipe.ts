import { byName, type Digest } from '../experiments/fingerprint.ts';
import type { EnvironmentContent } from '../runs/environment.ts';
import { canonicalConfig, type Config } from './canonical-config.ts';

/** A source file by what it means; functions by their qualified names, with the digest of what each means. */
export interface CodeFile { readonly path: string; readonly meaning: string; readonly functions?: Readonly<Record<string, string>> | undefined }

export interface CodeSource {
  readonly commit: string | null;
  readonly repository: string | null;
  readonly dirty: boolean;
  /** SHA-256 of the uncommitted changes; null where their content is not recorded. */
  readonly diff: string | null;
  /** The script, as the client named it. */
  readonly script: string | null;
  /** Null where only git is known. */
  readonly files: readonly CodeFile[] | null;
  /** As codeByMeaning says it, where that is known without the files. */
  readonly meaning?: string | null;
}

export interface DataSource {
  readonly name: string;
  readonly role: string | null;
  readonly digest: string;
  /** Digest of the rows as values; null where the client could not read the form. */
  readonly meaning: string | null;
  readonly rows: number | null;
  readonly columns: number | null;
  /** The form it is kept in: csv, parquet, … */
  readonly form: string | null;
}

/** What is recorded of a run, or of one that is about to start. */
export interface RecipeSource {
  readonly code: CodeSource;
  readonly data: readonly DataSource[];
  readonly params: ReadonlyMap<string, string>;
  readonly defaults: ReadonlyMap<string, string>;
  readonly environment: EnvironmentContent | null;
  /** Whether another run began it. */
  readonly nested?: boolean | undefined;
}

/** A run by what it asks to be computed, the seed left out: equal for equal computations, however they are written. */
export interface Recipe {
  readonly code: CodeSource;
  readonly data: readonly DataSource[];
  readonly config: Config;
  /** Values the script has by itself. */
  readonly defaults: Config;
  readonly environment: EnvironmentContent | null;
  readonly nested?: boolean | undefined;
}

export function recipeOf({ params, defaults, ...source }: RecipeSource, seedParams: readonly string[]): Recipe {
  return { ...source, config: canonicalConfig(params, { defaults, leftOut: seedParams }), defaults: canonicalConfig(defaults, { leftOut: seedParams }) };
}

/** Texts about the code compute nothing. */
const PROSE = /(?:\.(?:md|rst)|(?:^|\/)(?:LICEN[CS]E|NOTICE|CHANGELOG|AUTHORS)[^/]*)$/i;
export const computingFiles = (files: readonly CodeFile[]): readonly CodeFile[] => files.filter(({ path }) => !PROSE.test(path));

export const scriptName = (script: string | null): string => script?.split(/[/\\]/).at(-1) ?? '';

/** The code as the files mean it; null where only git is known. */
export function codeByMeaning({ files, script, meaning }: CodeSource, digest: Digest): string | null {
  if (meaning !== undefined) return meaning;
  if (files === null || files.length === 0) return null;
  return digest(JSON.stringify(['meaning', scriptName(script), computingFiles(files).map(({ path, meaning }) => [path, meaning] as const).toSorted(byName)]));
}

const noCode = ({ commit, diff, files, meaning = null }: CodeSource): boolean => commit === null && diff === null && (files ?? []).length === 0 && meaning === null;

/**
 * Neither code nor data nor configuration of its own is known: that two such runs are alike tells nothing of what they did. A seed or the name of a script alone says no more,
 * nor does the code of a nested run, which is its parent's.
 */
export const saysNothing = ({ code, data, config, nested = false }: Recipe): boolean => config.size === 0 && data.length === 0 && (nested || noCode(code));

/** The code as git knows it; null where there are uncommitted changes that nobody recorded. A run of whose code nothing is known is like another such run. */
export function codeByCommit({ commit, repository, dirty, diff, script }: CodeSource): string | null {
  if (dirty && diff === null) return null;
  return JSON.stringify(['commit', commit ?? repository ?? '', dirty ? diff : null, scriptName(script)]);
}

const dataByMeaning = (data: Recipe['data']): string | null => (data.length > 0 && data.every(({ meaning }) => meaning !== null) ? JSON.stringify(data.map(({ role, meaning }) => `${role ?? ''} ${meaning}`).toSorted()) : null);
const dataByDigest = (data: Recipe['data']): string => JSON.stringify(data.map(({ role, name, digest }) => JSON.stringify([role ?? '', name, digest])).toSorted());

function environmentText(environment: EnvironmentContent | null): string {
  return environment === null ? '' : JSON.stringify([environment.python ?? null, Object.entries(environment.packages).toSorted(byName)]);
}

const known = (texts: readonly (string | null)[]): readonly string[] => texts.filter((text) => text !== null);

/**
 * SHA-256 digests, of which two recipes share one when, and only when, what is recorded proves them the same: at most four, by meaning first, because one side may know
 * the code by the meaning of its files and by its commit, the data by its rows and by its bytes. None when there are uncommitted changes that nobody recorded, and none
 * of a run that says nothing.
 */
export function recipeDigests(recipe: Recipe, digest: Digest): readonly string[] {
  if (saysNothing(recipe)) return [];
  const rest = JSON.stringify([[...recipe.config], environmentText(recipe.environment)]);
  const codes = known([codeByMeaning(recipe.code, digest), codeByCommit(recipe.code)]);
  const datas = known([dataByMeaning(recipe.data), dataByDigest(recipe.data)]);
  return codes.flatMap((code) => datas.map((data) => digest(JSON.stringify([code, data, rest]))));
}

const FORM = /\.(csv|tsv|parquet|jsonl?|arrow|feather|npz?|npy|xlsx?)(?:\.gz)?\W*$/i;
/** The form of a file by its name. */
export const formOf = (source: string): string | null => FORM.exec(source)?.[1]?.toLowerCase() ?? null;
