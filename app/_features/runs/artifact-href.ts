/** Where a file of a run is looked at. */
export const artifactHref = (runId: string, path: string): string => `/r/${runId}?tab=artifacts&file=${encodeURIComponent(path)}`;
