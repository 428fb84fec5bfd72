import { formOf, type RecipeSource } from '../../domain/duplicates/recipe.ts';
import { environmentFromCapture, uncommittedDigest, type RunCapture } from '../../domain/runs/capture.ts';

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
  const code = capture?.code ?? null;
  const environment = capture && environmentFromCapture(capture);
  return {
    code: {
      commit: code?.commit ?? null, repository: code?.repository ?? null, dirty: code?.dirty ?? false, diff: code && uncommittedDigest(code, digest), script: code?.script ?? null,
      files: code && code.files.length > 0 ? code.files.map(({ path, meaning, sha256, functions }) => ({ path, meaning: meaning ?? sha256 ?? '', functions })) : null,
    },
    data: datasets.map(({ name, digest: bytes, role = null, meaning = null, rows = null, columns = null, source }) => ({ name, digest: bytes, role, meaning, rows, columns: columns && columns.length, form: formOf(source) })),
    params, defaults: new Map(Object.entries(capture?.defaults ?? {})),
    environment: environment && (environment.python !== undefined || Object.keys(environment.packages).length > 0) ? environment : null,
  };
}
