import { slugFrom } from '../projects/slug.ts';

/** The project that experiments without one belong to. */
export const SANDBOX = 'sandbox';

/** Where an MLflow experiment name points: an experiment of a project. */
export interface TrackedName {
  readonly projectSlug: string;
  readonly experimentName: string;
}

/**
 * Rule RN1: a name is split at its first slash into project and experiment. Without a slash, or where either side would be empty
 * ("/Users/me/x", "视觉/x"), it is the name of an experiment of the sandbox, whole.
 */
export function parseTrackedName(given: string): TrackedName {
  const slash = given.indexOf('/');
  const projectSlug = slash < 0 ? null : slugFrom(given.slice(0, slash));
  const experimentName = given.slice(slash + 1).trim();
  if (projectSlug === null || experimentName === '') return { projectSlug: SANDBOX, experimentName: given.trim() };
  return { projectSlug, experimentName };
}

/** The name MLflow shows; `parseTrackedName` of it leads back to the same experiment. */
export function showTrackedName({ projectSlug, experimentName }: TrackedName): string {
  const whole = parseTrackedName(experimentName);
  const standsAlone = projectSlug === SANDBOX && whole.projectSlug === SANDBOX && whole.experimentName === experimentName;
  return standsAlone ? experimentName : `${projectSlug}/${experimentName}`;
}

/**
 * Rule RN2: the name is shown as the client wrote it ("Vision Team/cut mix") for as long as that still leads to the experiment;
 * after a rename or a move, as it is called now.
 */
export function shownName(current: TrackedName, asWritten: string | undefined): string {
  if (asWritten !== undefined) {
    const parsed = parseTrackedName(asWritten);
    if (parsed.projectSlug === current.projectSlug && parsed.experimentName === current.experimentName) return asWritten;
  }
  return showTrackedName(current);
}
