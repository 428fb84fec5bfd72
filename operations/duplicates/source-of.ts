import { formOf, type CodeSource, type RecipeSource } from '../../domain/duplicates/recipe.ts';
import { environmentFromCapture, uncommittedDigest, type CapturedCode, type RunCapture } from '../../domain/runs/capture.ts';

/** A dataset as a client names it before its run starts. */
export interface AskedDataset {
  readonly name: string;
  readonly digest: string;
  readonly role?: string | undefined;
  readonly meaning?: string | null | undefined;
  readonly rows?: number | null | undefined;
  readonly columns?: readonly unknown[] | null | undefined;
  readonly source: string;
}

/** What a run that is about to start asks for, as it will be recorded. */
export function sourceOf(params: ReadonlyMap<string, string>, capture: RunCapture | null, { datasets, digest }: { readonly datasets: readonly AskedDataset[]; readonly digest: (text: string) => string }): RecipeSource {
  const environment = capture && environmentFromCapture(capture);
  const isKnown = environment !== null && (environment.python !== undefined || Object.keys(environment.packages).length > 0);
  return {
    code: capture?.code ? codeOf(capture.code, digest) : NO_CODE,
    data: datasets.map(({ name, digest: bytes, role = null, meaning = null, rows = null, columns = null, source }) => ({ name, digest: bytes, role, meaning, rows, columns: columns && columns.length, form: formOf(source) })),
    params, defaults: new Map(Object.entries(capture?.defaults ?? {})), environment: isKnown ? environment : null,
  };
}

const NO_CODE: CodeSource = { commit: null, repository: null, dirty: false, diff: null, script: null, files: null };

function codeOf(code: CapturedCode, digest: (text: string) => string): CodeSource {
  const { commit, repository, dirty, script, files } = code;
  return {
    commit, repository, dirty, script, diff: uncommittedDigest(code, digest),
    files: files.length === 0 ? null : files.map(({ path, meaning, sha256, functions }) => ({ path, meaning: meaning ?? sha256 ?? '', functions })),
  };
}
