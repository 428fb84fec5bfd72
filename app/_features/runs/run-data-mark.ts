interface LoggedRun {
  readonly status: string;
  readonly metrics: readonly { readonly key: string; readonly lastStep: number | null }[];
}

/** A mark of what a run's curve is drawn from: it changes while the run goes on, and once more when it ends. */
export function drawnFrom(run: LoggedRun, metric: string): string {
  const last = run.metrics.find((one) => one.key === metric)?.lastStep ?? null;
  return `${run.status.toLowerCase()}, ${last === null ? 'no step' : `step ${last}`}`;
}
