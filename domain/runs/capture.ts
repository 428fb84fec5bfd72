import type { EnvironmentContent } from './environment.ts';
import { withoutCredentials, type RunFacts } from './run-tags.ts';

/** A file that lies beside the code and in no commit. */
export interface UntrackedFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A source file of the code, with what it means: a digest that stays when only its form changes. */
export interface SourceFile {
  readonly path: string;
  readonly sha256: string | null;
  readonly meaning: string | null;
  /** By qualified name, "Trainer.fit": what each function means. */
  readonly functions: Readonly<Record<string, string>>;
}

export interface CapturedCode {
  readonly repository: string | null;
  readonly commit: string | null;
  /** Null with a detached head. */
  readonly branch: string | null;
  readonly dirty: boolean;
  /** Whether a branch of a remote holds the commit; null where that is not known. */
  readonly onRemote: boolean | null;
  /** The uncommitted changes as an artifact of the run; `masked` counts the secrets that were taken out. */
  readonly diff: { readonly path: string; readonly sha256: string; readonly bytes: number; readonly masked: number } | null;
  readonly untracked: readonly UntrackedFile[];
  readonly leftOut: readonly { readonly path: string; readonly bytes: number | null; readonly why: string }[];
  readonly submodules: readonly { readonly path: string; readonly commit: string | null; readonly dirty: boolean }[];
  readonly files: readonly SourceFile[];
  readonly script: string | null;
}

export interface CapturedHardware {
  readonly cpu: string | null;
  readonly cores: number | null;
  readonly memoryBytes: number | null;
  readonly gpus: readonly { readonly name: string; readonly memoryBytes: number | null }[];
  readonly cuda: string | null;
  readonly driver: string | null;
  readonly os: string | null;
}

/** What a run was made of, as its client saw it when it began: version 1. What the client did not say is null or empty. */
export interface RunCapture {
  readonly version: 1;
  readonly command: readonly string[];
  /** Relative to the repository's root. */
  readonly workingFolder: string | null;
  readonly code: CapturedCode | null;
  readonly python: { readonly version: string | null; readonly implementation: string | null } | null;
  /** Names as PyPI normalizes them (PEP 503); `hash` is the SHA-256 of the installed distribution's RECORD. */
  readonly packages: readonly { readonly name: string; readonly version: string; readonly hash: string | null }[];
  readonly hardware: CapturedHardware | null;
  readonly container: { readonly image: string | null; readonly digest: string | null } | null;
  /** Environment variables of the client's allow-list. */
  readonly variables: Readonly<Record<string, string>>;
  /** By library: "numpy" to "7". */
  readonly seeds: Readonly<Record<string, string>>;
  /** Params the script has when none are given. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly modelType: string | null;
  readonly machine: string | null;
}

/** How the process of a run ended. */
export interface RunExit {
  readonly exitCode: number | null;
  /** "SIGKILL". */
  readonly signal: string | null;
  readonly traceback: string | null;
}

/**
 * Tells uncommitted changes apart: the SHA-256 of the diff, or, where there are untracked files, of the diff's and theirs together, by path.
 * Null where nothing was uncommitted, or nothing is known of it.
 */
export function uncommittedDigest({ diff, untracked }: Pick<CapturedCode, 'diff' | 'untracked'>, digest: (text: string) => string): string | null {
  if (untracked.length === 0) return diff?.sha256 ?? null;
  const files = untracked.map(({ path, sha256 }) => [path, sha256] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return digest(JSON.stringify([diff?.sha256 ?? null, files]));
}

const SHORT = 12;

/** Which changes were uncommitted: the first digits of their digest where they were captured, else "yes" or "no". */
export const uncommittedText = ({ codeDirty, codeDiff }: { readonly codeDirty: boolean; readonly codeDiff?: string | null | undefined }): string => codeDiff?.slice(0, SHORT) ?? (codeDirty ? 'yes' : 'no');

/** What a capture says of the run itself. What it does not say stays as tags said it. */
export function factsFromCapture({ code }: Pick<RunCapture, 'code'>, digest: (text: string) => string): RunFacts & { readonly codeDiff?: string | null } {
  if (code === null) return {};
  const script = code.script === null ? {} : { sourceName: code.script };
  if (code.commit === null && code.repository === null) return { ...script, codeDiff: uncommittedDigest(code, digest) };
  return { ...script, codeRepository: code.repository, codeCommit: code.commit, codeBranch: code.branch, codeDirty: code.dirty, codeDiff: uncommittedDigest(code, digest) };
}

/** The software among what was captured. Hardware is not part of it: see docs/decisions/0152-hardware-is-shown-not-compared.md. */
export function environmentFromCapture({ python, packages }: Pick<RunCapture, 'python' | 'packages'>): EnvironmentContent {
  return { ...(python?.version ? { python: python.version } : {}), packages: Object.fromEntries(packages.map(({ name, version }) => [name, version])) };
}

/** The capture as it is kept: a client that forgot to has its credentials taken out of the remote's address. */
export function withoutSecrets(capture: RunCapture): RunCapture {
  const { code } = capture;
  return code?.repository ? { ...capture, code: { ...code, repository: withoutCredentials(code.repository) } } : capture;
}

/** A traceback's end says what went wrong, so of a long one the end is kept. */
const MOST_TRACEBACK = 16_384;
export const keptTraceback = (text: string): string => (text.length <= MOST_TRACEBACK ? text : `[${text.length - MOST_TRACEBACK} characters before this are not kept]\n${text.slice(-MOST_TRACEBACK)}`.toWellFormed());
