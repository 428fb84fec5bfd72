import type { RecipeSource } from '../duplicates/recipe.ts';
import type { CapturedHardware } from '../runs/capture.ts';
import { attributionWarning, type ChangedVariable } from './changed-variables.ts';
import type { ExperimentDesign } from './design.ts';
import { runChanges, variablesIn, type ComparingTools, type RunChanges, type RunSide } from './run-changes.ts';

/** A project's word on what comes of a run that changes several variables at once: it is said, or nothing starts until somebody gives a reason. */
export type ChangesPolicy = 'WARN' | 'STOP';
export const CHANGES_POLICIES = ['WARN', 'STOP'] as const satisfies readonly ChangesPolicy[];

/** What is known of a run before it starts, as one side of a comparison. */
export function sideFrom({ code, data, params, defaults, environment }: RecipeSource, hardware: CapturedHardware | null): RunSide {
  return {
    codeCommit: code.commit, codeRepository: code.repository, codeDirty: code.dirty, codeDiff: code.diff, sourceName: code.script, files: code.files,
    datasets: data.map(({ name, digest, meaning, role }) => ({ name, digest, meaning, context: role })), params, defaults, environment, hardware,
  };
}

/**
 * What a run that is about to start changes, as far as that is sure by now: a param or a dataset of the reference that it has not named yet it may still name, and of a run that was not captured the
 * packages are those that came with its model, not all there were.
 */
export function changesAtStart(before: RunSide, after: RunSide, tools: ComparingTools): RunChanges {
  const { changed, unknown } = runChanges(before, after, tools);
  const isCaptured = before.hardware !== null || before.files !== null;
  return { unknown, changed: changed.filter((item) => isSaidAlready(item) && (isCaptured || !isNewPackage(item))) };
}

const isSaidAlready = ({ kind, to }: ChangedVariable): boolean => to !== null || (kind !== 'CONFIG' && kind !== 'DATA');
const isNewPackage = ({ kind, from }: ChangedVariable): boolean => kind === 'ENVIRONMENT' && from === null;

/** What a run is compared with before it starts. */
export interface StartReference { readonly against: 'BASELINE' | 'PARENT'; /** VIS-12: whose baseline, or the parent. */ readonly experiment: string }

/** One sentence where no effect could be put down to one of the variables; null otherwise. */
export function warningAtStart(changed: readonly ChangedVariable[], { against, experiment }: StartReference, design: ExperimentDesign): string | null {
  const warning = attributionWarning(variablesIn(changed), design);
  return warning === null ? null : `Against ${against === 'BASELINE' ? 'the baseline of' : 'the parent'} ${experiment}, ${warning}`;
}
